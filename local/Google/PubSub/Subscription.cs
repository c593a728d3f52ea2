using EnergyLoad.Local.Google.Control;
using EnergyLoad.Local.Google.Dispatch;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.PubSub;

/// <summary>One subscription's backlog: handed out under a lease, gone once acknowledged.</summary>
internal sealed class Subscription : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Delivery> _backlog = new(StringComparer.Ordinal);
    private readonly Journal _journal;
    private readonly Controls _controls;
    private readonly TimeProvider _clock;
    private readonly Backoff _backoff;
    private long _delivered;
    private long _failures;
    private long _deadLettered;

    public Subscription(SubscriptionSettings settings, string journalPath, Controls controls, TimeProvider clock)
    {
        (Settings, _controls, _clock) = (settings, controls, clock);
        _journal = new Journal(journalPath);
        _backoff = Backoff.FromMilliseconds(settings.MinBackoffMs, settings.MaxBackoffMs);
        Due = new DueQueue<LeasedDelivery>(clock);
        foreach (var message in _journal.Backlog)
        {
            Enqueue(message);
        }
    }

    public SubscriptionSettings Settings { get; }

    public string Name => Settings.Name;

    public DueQueue<LeasedDelivery> Due { get; }

    public TimeSpan AckDeadline => TimeSpan.FromSeconds(Settings.AckDeadlineSeconds);

    public SubscriptionCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return new SubscriptionCounts(_backlog.Count, _delivered, _failures, _deadLettered);
            }
        }
    }

    public void Add(IReadOnlyList<PubSubMessage> messages)
    {
        lock (_lock)
        {
            _journal.Append(messages.Select(message => new JournalLine(Came: message)));
            foreach (var message in messages)
            {
                Enqueue(message);
            }
        }
    }

    /// <summary>False when the message has been acknowledged, handed out or given back since the entry was made.</summary>
    public bool IsCurrent(LeasedDelivery entry)
    {
        lock (_lock)
        {
            return !entry.Delivery.IsAcked
                && entry.Delivery.Lease == entry.Lease
                && (!entry.IsExpiry || entry.Delivery.LeasedUntil <= _clock.GetUtcNow());
        }
    }

    /// <summary>Hands a delivery out; false when the entry is not current.</summary>
    public bool TryLease(LeasedDelivery entry)
    {
        lock (_lock)
        {
            if (!IsCurrent(entry))
            {
                return false;
            }

            _failures += entry.IsExpiry ? 1 : 0;
            entry.Delivery.Attempts++;
            entry.Delivery.Lease++;
            return true;
        }
    }

    /// <summary>Lets what was handed out come back by itself at that moment, and not earlier.</summary>
    public void ExpireAt(Delivery delivery, DateTimeOffset moment)
    {
        lock (_lock)
        {
            delivery.LeasedUntil = moment;
            Due.Add(new LeasedDelivery(delivery, delivery.Lease, IsExpiry: true), moment);
        }
    }

    public bool Ack(Delivery delivery)
    {
        lock (_lock)
        {
            return Remove(delivery, ref _delivered);
        }
    }

    public bool DeadLetter(Delivery delivery)
    {
        lock (_lock)
        {
            return Remove(delivery, ref _deadLettered);
        }
    }

    public void Nack(Delivery delivery)
    {
        lock (_lock)
        {
            _failures++;
            Due.Add(
                new LeasedDelivery(delivery, ++delivery.Lease), _clock.GetUtcNow() + _backoff.After(delivery.Attempts) + _controls.Delay);
        }
    }

    public Delivery? FindLeased(string ackId)
    {
        lock (_lock)
        {
            return _backlog.TryGetValue(ackId.Split(':')[0], out var delivery) && delivery.AckId == ackId ? delivery : null;
        }
    }

    public void Delete()
    {
        lock (_lock)
        {
            foreach (var delivery in _backlog.Values)
            {
                delivery.IsAcked = true;
            }

            _backlog.Clear();
            _journal.Delete();
        }
    }

    public void Dispose() => _journal.Dispose();

    private void Enqueue(PubSubMessage message)
    {
        var delivery = new Delivery(message);
        _backlog[message.MessageId] = delivery;
        Due.Add(new LeasedDelivery(delivery, delivery.Lease), _clock.GetUtcNow() + _controls.Delay);
    }

    private bool Remove(Delivery delivery, ref long count)
    {
        if (!_backlog.Remove(delivery.Message.MessageId))
        {
            return false;
        }

        delivery.IsAcked = true;
        count++;
        _journal.Append([new JournalLine(Acked: delivery.Message.MessageId)]);
        if (_backlog.Count == 0)
        {
            _journal.EmptyIfLarge();
        }

        return true;
    }
}
