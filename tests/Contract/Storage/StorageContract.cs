using System.Security.Cryptography;
using EnergyLoad.Contract.Tests.Endpoints;
using EnergyLoad.Contract.Tests.Suites;
using EnergyLoad.GoogleCloud;

namespace EnergyLoad.Contract.Tests.Storage;

/// <summary>What the services rely on in Cloud Storage.</summary>
public abstract class StorageContract(CloudEndpoint cloud)
{
    private const string Source = "contract-source";
    private const string Target = "contract-target";
    private readonly string _folder = $"{Guid.NewGuid():N}/";

    private StorageBucket Bucket => cloud.Client<StorageBucket>();

    [ContractFact]
    public async Task What_was_inserted_is_read_back()
    {
        var written = await InsertAsync("day.json", "{\"a\":1}"u8.ToArray());

        Assert.Equal(At("day.json").Name, written.Name);
        Assert.Equal(7, written.Size);
        Assert.Equal("application/json", written.ContentType);
        Assert.NotNull(written.Crc32c);
        using var content = await Bucket.GetAsync(At("day.json"), null, CancellationToken.None);
        Assert.Equal(written.Generation, content!.Generation);
        Assert.Equal("{\"a\":1}", await new StreamReader(content.Stream).ReadToEndAsync());
    }

    [ContractFact]
    public async Task A_large_content_of_any_bytes_is_read_back()
    {
        var bytes = RandomNumberGenerator.GetBytes(3_000_001);
        await InsertAsync("large.bin", bytes);

        Assert.Equal(bytes, await ReadAsync(At("large.bin")));
    }

    [ContractFact]
    public async Task An_empty_content_is_read_back()
    {
        Assert.Equal(0, (await InsertAsync("empty", [])).Size);
        Assert.Empty((await ReadAsync(At("empty")))!);
    }

    [ContractFact]
    public async Task Any_name_works()
    {
        string[] names = ["with space", "100%25", "a+b", "é/ü", "q?x=1&y", "hash#", "semi;colon", "'quoted'"];
        foreach (var name in names)
        {
            await InsertAsync(name, "x"u8.ToArray());
        }

        Assert.Equal(names.Select(name => _folder + name).Order(StringComparer.Ordinal), await ListAsync(_folder));
        foreach (var name in names)
        {
            Assert.Equal("x"u8.ToArray(), await ReadAsync(At(name)));
        }
    }

    [ContractFact]
    public async Task A_listing_takes_the_prefix_and_follows_the_names()
    {
        await InsertAsync("b/2", "x"u8.ToArray());
        await InsertAsync("a/1", "x"u8.ToArray());
        await InsertAsync("b/1", "x"u8.ToArray());

        Assert.Equal([_folder + "b/1", _folder + "b/2"], await ListAsync(_folder + "b/"));
        Assert.Empty(await ListAsync(_folder + "c"));
    }

    [ContractFact]
    public async Task A_listing_longer_than_a_page_is_whole()
    {
        await Parallel.ForAsync(0, 1_005, async (i, ct) => await InsertAsync($"n{i:0000}", "x"u8.ToArray()));

        Assert.Equal(Enumerable.Range(0, 1_005).Select(i => $"{_folder}n{i:0000}"), await ListAsync(_folder));
    }

    [ContractFact]
    public async Task An_overwrite_makes_a_newer_generation()
    {
        var first = await InsertAsync("o", "1"u8.ToArray());
        await Task.Delay(TimeSpan.FromMilliseconds(5));
        var second = await InsertAsync("o", "2"u8.ToArray());

        Assert.True(second.Generation > first.Generation);
        Assert.Equal("2"u8.ToArray(), await ReadAsync(At("o")));
    }

    [ContractFact]
    public async Task An_insertion_for_a_new_object_leaves_one_that_is_there()
    {
        await InsertAsync("o", "1"u8.ToArray());

        var refused = await Bucket.InsertAsync(At("o"), "2"u8.ToArray(), "text/plain", ifGeneration: 0, CancellationToken.None);

        Assert.IsType<StorageInsertion.PreconditionFailed>(refused);
        Assert.Equal("1"u8.ToArray(), await ReadAsync(At("o")));
    }

    [ContractFact]
    public async Task An_insertion_of_what_is_there_already_counts_as_written()
    {
        var first = await InsertAsync("o", "1"u8.ToArray());

        var again = await Bucket.InsertAsync(At("o"), "1"u8.ToArray(), "application/json", ifGeneration: 0, CancellationToken.None);

        Assert.Equal(first.Generation, Assert.IsType<StorageInsertion.Written>(again).Object.Generation);
    }

    [ContractFact]
    public async Task An_insertion_over_a_generation_needs_that_one()
    {
        var first = await InsertAsync("o", "1"u8.ToArray());
        var second = await Bucket.InsertAsync(At("o"), "2"u8.ToArray(), "text/plain", first.Generation, CancellationToken.None);

        var third = await Bucket.InsertAsync(At("o"), "3"u8.ToArray(), "text/plain", first.Generation, CancellationToken.None);

        Assert.IsType<StorageInsertion.Written>(second);
        Assert.IsType<StorageInsertion.PreconditionFailed>(third);
    }

    [ContractFact]
    public async Task A_rewrite_copies_content_and_type()
    {
        await InsertAsync("o", "1"u8.ToArray());
        var there = new StorageLocation(Target, _folder + "done/o");

        var copy = await Bucket.RewriteAsync(At("o"), null, there, CancellationToken.None);

        Assert.Equal((there.Name, 1L, "application/json"), (copy!.Name, copy.Size, copy.ContentType));
        Assert.Equal("1"u8.ToArray(), await ReadAsync(there));
        Assert.Equal("1"u8.ToArray(), await ReadAsync(At("o")));
    }

    [ContractFact]
    public async Task A_rewrite_of_nothing_is_null()
    {
        Assert.Null(await Bucket.RewriteAsync(At("o"), null, At("p"), CancellationToken.None));
    }

    [ContractFact]
    public async Task A_deleted_object_is_gone()
    {
        await InsertAsync("o", "1"u8.ToArray());

        Assert.True(await Bucket.DeleteAsync(At("o"), null, CancellationToken.None));

        Assert.False(await Bucket.DeleteAsync(At("o"), null, CancellationToken.None));
        Assert.Null(await ReadAsync(At("o")));
        Assert.Empty(await ListAsync(_folder));
    }

    [ContractFact]
    public async Task A_generation_that_is_no_longer_there_is_neither_read_nor_copied_nor_deleted()
    {
        var first = await InsertAsync("o", "1"u8.ToArray());
        await InsertAsync("o", "2"u8.ToArray());

        Assert.Null(await Bucket.GetAsync(At("o"), first.Generation, CancellationToken.None));
        Assert.Null(await Bucket.RewriteAsync(At("o"), first.Generation, At("p"), CancellationToken.None));
        Assert.False(await Bucket.DeleteAsync(At("o"), first.Generation, CancellationToken.None));
        Assert.Equal("2"u8.ToArray(), await ReadAsync(At("o")));
    }

    private StorageLocation At(string name) => new(Source, _folder + name);

    private async Task<StorageObject> InsertAsync(string name, byte[] content) => Assert.IsType<StorageInsertion.Written>(
        await Bucket.InsertAsync(At(name), content, "application/json", ifGeneration: null, CancellationToken.None)).Object;

    private async Task<byte[]?> ReadAsync(StorageLocation location)
    {
        using var content = await Bucket.GetAsync(location, null, CancellationToken.None);
        if (content is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        await content.Stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private async Task<IReadOnlyList<string>> ListAsync(string prefix) =>
        await Bucket.ListAsync(Source, prefix, CancellationToken.None).Select(found => found.Name).ToListAsync();
}
