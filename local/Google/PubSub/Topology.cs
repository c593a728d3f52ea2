using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using EnergyLoad.Local.Google.Control;
using EnergyLoad.Local.Google.Files;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.PubSub;

/// <summary>Topics and subscriptions: those of the settings, and those made through the API, which a restart keeps.</summary>
internal sealed class Topology : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _topics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly Channel<Subscription> _opened = Channel.CreateUnbounded<Subscription>();
    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly ControlDesk _desk;
    private readonly TimeProvider _clock;

    public Topology(GoogleSettings settings, ControlDesk desk, TimeProvider clock)
    {
        (_desk, _clock, _folder) = (desk, clock, Path.Combine(settings.State, "pubsub"));
        Directory.CreateDirectory(_folder);
        var made = File.Exists(MadeFile)
            ? JsonSerializer.Deserialize<MadeTopology>(File.ReadAllBytes(MadeFile))!
            : new MadeTopology([], []);
        foreach (var topic in settings.Topics.Concat(made.Topics))
        {
            _topics[topic] = true;
        }

        foreach (var subscription in settings.Subscriptions.Concat(made.Subscriptions).DistinctBy(subscription => subscription.Name))
        {
            _subscriptions[subscription.Name] = Open(subscription);
        }
    }

    /// <summary>Every subscription once, those that are made while we run included.</summary>
    public ChannelReader<Subscription> Opened => _opened.Reader;

    public IEnumerable<string> Topics => _topics.Keys.Order(StringComparer.Ordinal);

    public IEnumerable<Subscription> Subscriptions => _subscriptions.Values;

    private string MadeFile => Path.Combine(_folder, "made.json");

    public bool HasTopic(string name) => _topics.ContainsKey(name);

    public Subscription? Find(string name) => _subscriptions.GetValueOrDefault(name);

    public bool CreateTopic(string name)
    {
        lock (_lock)
        {
            return _topics.TryAdd(name, true) && Save();
        }
    }

    public bool DeleteTopic(string name)
    {
        lock (_lock)
        {
            return _topics.TryRemove(name, out _) && Save();
        }
    }

    public bool Subscribe(SubscriptionSettings settings)
    {
        lock (_lock)
        {
            if (_subscriptions.ContainsKey(settings.Name))
            {
                return false;
            }

            _subscriptions[settings.Name] = Open(settings);
            Save();
            return true;
        }
    }

    public bool Unsubscribe(string name)
    {
        lock (_lock)
        {
            if (!_subscriptions.TryRemove(name, out var subscription))
            {
                return false;
            }

            using (subscription)
            {
                subscription.Delete();
            }

            return Save();
        }
    }

    /// <summary>On disk in every subscription when it returns. A topic that nobody has subscribed to forgets.</summary>
    public void Publish(string topic, IReadOnlyList<PubSubMessage> messages)
    {
        foreach (var subscription in _subscriptions.Values.Where(subscription => subscription.Settings.Topic == topic))
        {
            subscription.Add(messages);
        }
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions.Values)
        {
            subscription.Dispose();
        }
    }

    private Subscription Open(SubscriptionSettings settings)
    {
        var subscription = new Subscription(
            settings, Path.Combine(_folder, $"{settings.Name.Replace('/', '.')}.ndjson"), _desk.PubSub, _clock);
        _opened.Writer.TryWrite(subscription);
        return subscription;
    }

    private bool Save()
    {
        var made = new MadeTopology([.. _topics.Keys], [.. _subscriptions.Values.Select(subscription => subscription.Settings)]);
        PrivateFile.Replace(MadeFile, JsonSerializer.SerializeToUtf8Bytes(made));
        return true;
    }
}
