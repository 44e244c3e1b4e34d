using Microsoft.Extensions.Logging;
using Survey.Reporting.Typesetting;

namespace Survey.Reporting.Jobs;

/// <summary>Makes what pictures published versions lack, one language after the other. One that cannot be made is logged and left alone for a while; its figures stay there as SVG.</summary>
public sealed class PictureTask(PictureMaking making, TimeProvider time, ILogger<PictureTask> log) : IBackgroundTask
{
    /// <summary>The name by which it is signalled.</summary>
    public const string TaskName = "pictures";

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private readonly Dictionary<MissingPictures, DateTimeOffset> tried = [];

    public string Name => TaskName;

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task LookAsync(CancellationToken cancel)
    {
        foreach (var missing in await making.MissingAsync(cancel))
        {
            var now = time.GetUtcNow();
            if (tried.TryGetValue(missing, out var at) && now - at < Pause)
            {
                continue;
            }

            // Written before the attempt: whatever it ends with, the next look does not begin it again at once.
            tried[missing] = now;

            try
            {
                await making.MakeAsync(missing, cancel);
                tried.Remove(missing);
            }
            catch (TypesettingException e)
            {
                log.LogWarning("Pictures of version {Version} in {Language} could not be made: {Reason}", missing.VersionId, missing.Language, e.Message);
            }
        }
    }
}
