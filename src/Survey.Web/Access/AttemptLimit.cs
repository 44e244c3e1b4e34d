using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Survey.Web.Access;

/// <summary>
/// Counts failed attempts per kind and address in windows of one minute: after <c>most</c> of them the address waits for the next window.
/// What is right is never limited: callers count only failures. An IPv6 address counts as its /64, which one household or office owns.
/// </summary>
public sealed class AttemptLimit(TimeProvider time)
{
    /// <summary>Wrong personal links that one address may open in a minute.</summary>
    public const int WrongLinks = 10;

    /// <summary>Refused sign-ins of one address in a minute.</summary>
    public const int RefusedSignIns = 10;

    /// <summary>New links that may be asked for from one address in a minute, right or wrong: nobody is told which they are.</summary>
    public const int NewLinks = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private const int SweepAbove = 10_000;
    private readonly ConcurrentDictionary<(string Kind, string Address), (long Window, int Count)> _counts = new();

    /// <summary>Counts one failure; false when this address already had <paramref name="most"/> in this window.</summary>
    public bool Allow(string kind, IPAddress? address, int most)
    {
        var window = Now();
        if (_counts.Count > SweepAbove)
        {
            foreach (var old in _counts.Where(c => c.Value.Window < window))
            {
                _counts.TryRemove(old);
            }
        }

        return _counts.AddOrUpdate((kind, Name(address)), (window, 1), (_, was) => was.Window == window ? (window, was.Count + 1) : (window, 1)).Count <= most;
    }

    /// <summary>Whether this address has used up its failures of this window.</summary>
    public bool IsUsedUp(string kind, IPAddress? address, int most) =>
        _counts.TryGetValue((kind, Name(address)), out var was) && was.Window == Now() && was.Count >= most;

    private long Now() => time.GetUtcNow().Ticks / Window.Ticks;

    private static string Name(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        _ => address.ToString(),
    };
}
