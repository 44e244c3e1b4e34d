using Survey.Domain.Rounds;

namespace Survey.Web.Pages.Office.HandOver;

/// <summary>Something of the office that is not done; its words are <c>handOver.task.NAME</c> in <c>templates/ui</c>, in plural forms where it has a count.</summary>
/// <param name="Address">Where it is done; null for who may not go there.</param>
/// <param name="Version">The number of the report's version that it is about.</param>
public sealed record OpenTask(string Name, string? Address, SurveyRound? Round = null, int? Count = null, int? Version = null)
{
    /// <summary>The single ones behind a count, each with its own page; only for who may go there, and the first ones only.</summary>
    public IReadOnlyList<TaskPlace> Places { get; init; } = [];
}

/// <summary>One of several, by name, with where it is looked at.</summary>
public sealed record TaskPlace(string Name, string Address);

/// <summary>Tasks of one field of the office's work; its word is <c>handOver.group.NAME</c>.</summary>
public sealed record TaskGroup(string Name, IReadOnlyList<OpenTask> Tasks);
