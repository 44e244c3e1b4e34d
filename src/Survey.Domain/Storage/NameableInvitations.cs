using Survey.Domain.Invitations;

namespace Survey.Domain.Storage;

/// <summary>
/// Who is discreet, asked of the database in one way everywhere: the invitation says so, or the organisation does now, by the office's choice or its own. So a
/// choice made after the close holds for rounds that were over before.
/// </summary>
public static class NameableInvitations
{
    /// <summary>Those whose organisation may be listed and quoted, where it agreed to it.</summary>
    public static IQueryable<Invitation> ThatMayBeNamed(this IQueryable<Invitation> invitations) =>
        invitations.Where(i => !i.IsDiscreet && !i.Organisation!.IsDiscreet && !i.Organisation.WantsDiscretion);
}
