namespace EnergyLoad.Local.ESight.Books;

/// <summary>A file that only grows. What was appended outlives the process; every reader sees a whole prefix.</summary>
internal sealed class AppendOnlyFile(string path) : IDisposable
{
    // Unbuffered: an append is in the kernel's hands when it returns, so that kill -9 loses nothing.
    private readonly FileStream _file = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public long Length { get; private set; } = File.Exists(path) ? new FileInfo(path).Length : 0;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _file.Position = Length;
        _file.Write(bytes);
        Length += bytes.Length;
    }

    public void CutTo(long length)
    {
        _file.SetLength(length);
        Length = length;
    }

    public FileStream OpenRead() => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 128 * 1024);

    public void Dispose() => _file.Dispose();
}
