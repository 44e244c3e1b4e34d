namespace Survey.Web.Localization;

/// <summary>The route constraint <c>language</c>: a code that the pages have words in.</summary>
public sealed class LanguageConstraint(UiTexts texts) : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out var value) && texts.Has(value?.ToString());
}
