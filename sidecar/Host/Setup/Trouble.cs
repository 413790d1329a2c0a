using MattermostLearning.Mattermost;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>Why Mattermost could not be spoken with, in words for who sets things up.</summary>
internal static class Trouble
{
    public static string Of(Exception e) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the host's name is unknown here",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "its certificate is not trusted here (self-signed, expired, or for another name)",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection",
        OperationCanceledException => "no answer in time",
        _ => "the connection broke",
    };

    /// <summary>What to do about it.</summary>
    public static string Advice(Exception? e) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            "Put the certificate of its authority among those this machine trusts (update-ca-certificates, or SSL_CERT_FILE), or use the name that the certificate is made for.",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "Check the spelling of Mattermost__Url, and that this machine's DNS knows the name.",
        _ => "Check Mattermost__Url, that Mattermost runs, and the firewall between here and there.",
    };

    public static string Sentence(Uri url, MattermostException e) => e.Failure switch
    {
        MattermostFailure.NotMattermost => $"Something other than Mattermost answers at {url}: {e.Message} Give the address that people use, without /api; a proxy's login page must let this machine pass.",
        MattermostFailure.Unreachable or MattermostFailure.TimedOut => $"{url} does not answer: {Of(e.InnerException ?? e)}. {Advice(e.InnerException)}",
        _ => $"Mattermost refused: {e.Message}",
    };
}
