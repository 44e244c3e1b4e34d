using Survey.Domain.Responses;

namespace Survey.Domain.Demo;

/// <summary>An invited organisation in a round, with its response if it began one.</summary>
public sealed record SampleInvitation(SampleOrganisation Organisation, string Region, SampleResponse? Response);

/// <summary>
/// A response as it came in. Moments are counted from the opening of its round. <paramref name="Submissions"/> are its sent versions, oldest first (none: started,
/// not sent); <paramref name="Draft"/> is what stands in the form, which is the last submission unless the member went on writing.
/// </summary>
public sealed record SampleResponse(
    string Language,
    TimeSpan StartedAfter,
    TimeSpan ChangedAfter,
    IReadOnlyList<SampleSubmission> Submissions,
    AnswerSheet Draft,
    ReviewState Review,
    string? ReviewReason,
    bool IsLate,
    IReadOnlyDictionary<string, QuoteReview> QuoteReviews);

/// <summary>A sent version.</summary>
public sealed record SampleSubmission(TimeSpan SentAfter, AnswerSheet Sheet);
