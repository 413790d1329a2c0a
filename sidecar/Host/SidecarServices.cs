using System.Reflection;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Community.Library;
using MattermostLearning.Activities.Community.Tips;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Recall;
using MattermostLearning.Activities.Words;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Realtime;
using MattermostLearning.Sidecar.Adapters;
using MattermostLearning.Sidecar.Admin;
using MattermostLearning.Sidecar.Endpoints;
using MattermostLearning.Sidecar.Health;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Pictures;
using MattermostLearning.Sidecar.Rehearsal;
using MattermostLearning.Sidecar.Running;
using MattermostLearning.Sidecar.Telemetry;
using MattermostLearning.Storage.LiteDb;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MattermostLearning.Sidecar;

/// <summary>The composition root: every part of the sidecar, and the order in which those that run are started.</summary>
internal static class SidecarServices
{
    private const string SlashCommands = "MattermostLearning.SlashCommands";

    public static IServiceCollection AddSidecar(this IServiceCollection services, Settings settings, SidecarSetup setup)
    {
        services.AddSingleton(settings);
        services.AddSingleton(setup.Time);
        services.AddSingleton(new StopTime(setup.StopTime));
        services.AddTelemetry(settings.Telemetry);
        AddMattermost(services, settings, setup);
        AddEngine(services, settings, setup);
        AddEdge(services, settings);
        AddRunning(services, settings, setup);
        return services;
    }

    private static void AddMattermost(IServiceCollection services, Settings settings, SidecarSetup setup)
    {
        services.AddSingleton(new MattermostAccess(settings.Mattermost));
        services.AddSingleton<IMattermostCredentials>(provider => provider.GetRequiredService<MattermostAccess>());
        var client = services.AddMattermostClient(setup.Client);
        client.AddHttpMessageHandler(provider => new MeasuredCalls(provider.GetRequiredService<SidecarMetrics>(), provider.GetRequiredService<TimeProvider>()));
        client.AddHttpMessageHandler(provider => new TokenWatch(provider.GetRequiredService<MattermostAccess>()));
        if (setup.Transport is { } transport)
            client.ConfigurePrimaryHttpMessageHandler(transport);
        services.AddOptions<SocketOptions>().Configure(options => setup.Socket?.Invoke(options));
        if (setup.Connector is { } connector)
            services.Replace(ServiceDescriptor.Singleton(connector));
        services.AddSingleton(new Remembering());
        services.AddSingleton<BotIdentity>();
        services.AddSingleton<MattermostDirectory>();
        services.AddSingleton<IDirectory>(provider => provider.GetRequiredService<MattermostDirectory>());
        services.AddSingleton<PictureMaker>();
        services.AddSingleton<IMessenger, MattermostMessenger>();
        services.AddSingleton<IPostReader, MattermostPostReader>();
        services.AddSingleton<IFileReader, MattermostFileReader>();
        services.AddSingleton<IAuthoredFiles>(provider => ActivatorUtilities.CreateInstance<ContentFiles>(provider, settings.Content));
    }

    private static void AddEngine(IServiceCollection services, Settings settings, SidecarSetup setup)
    {
        if (setup.Store is null)
        {
            services.AddSingleton(provider => LiteDbStore.Open(
                new LiteDbOptions { Path = Path.Combine(settings.Data.Path, StoreFiles.Name), Kinds = StoreFiles.Kinds() },
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LiteDbStore>>()));
        }

        // Whoever gave a store closes it.
        services.AddSingleton<ILearningStore>(provider => ActivatorUtilities.CreateInstance<MeasuredStore>(provider, setup.Store ?? provider.GetRequiredService<LiteDbStore>()));
        AddAll<IActivityKind>(services, typeof(IActivityKind).Assembly);
        services.AddSingleton<IPersonalActivity, RecallActivity>();
        AddAll<ISubcommand>(services, Assembly.Load(SlashCommands));
        services.AddSingleton<Func<IEnumerable<ISubcommand>>>(provider => provider.GetServices<ISubcommand>); // help lists the others, itself among them

        services.AddSingleton(Catalogue.Shipped.WithDefault(settings.Sidecar.Language));
        services.AddSingleton(settings.Facilitators);
        services.AddSingleton<Facilitators>();
        services.AddSingleton<AskFacilitators>();
        services.AddSingleton<ChannelFinder>();
        services.AddSingleton<PersonChoices>();
        services.AddSingleton<Leaving>();
        services.AddSingleton<Brakes>();
        services.AddSingleton(settings.Tips);
        services.AddSingleton<TipKeeper>();
        services.AddSingleton<TipFinder>();
        services.AddSingleton<PersonData>();
        services.AddSingleton<IForgottenList>(_ => ForgottenFile.Open(settings.Data.Path));
        services.AddSingleton<Forgetting>();
        services.AddSingleton<RunDirectory>();
        services.AddSingleton<OwnRuns>();
        services.AddSingleton<OwnProgress>();
        services.AddSingleton<RunFinder>();
        services.AddSingleton<RunStarter>();
        services.AddSingleton<LoadedRuns>();
        services.AddSingleton(new CallbackAddress(settings.Sidecar.CallbackUrl));
        services.AddSingleton(_ => new Sealer(settings.Sidecar.SealingKeys is { Count: > 0 } keys ? keys : SealingKeyFile.ReadOrMake(settings.Data.Path)));
        services.AddSingleton<LearningLedger>();
        services.AddSingleton<IOutboxOrder>(provider => provider.GetRequiredService<LearningLedger>());
        services.AddSingleton<Definitions>();
        services.AddSingleton(new RunCalendar(settings.Holidays));
        services.AddSingleton<Surroundings>();
        services.AddSingleton<SceneSetter>();
        services.AddSingleton<RoundOpener>();
        services.AddSingleton<ActivityRuntime>();
        services.AddSingleton<PostedMessages>();
        services.AddSingleton<IPostedMessages>(provider => provider.GetRequiredService<PostedMessages>());
        services.AddSingleton<DraftRenderer>();
        services.AddSingleton<DeliveryAlerts>();
        services.AddSingleton<ContentAlerts>();
        services.AddSingleton<LibraryMessages>();
        services.AddSingleton<OpenRounds>();
        services.AddSingleton<HandLibrary>();
        services.AddSingleton<FileOffers>();
        services.AddSingleton<DroppedFiles>();
        services.AddSingleton<IActivityPreviewer, ActivityPreviewer>();
        services.AddSingleton<PreviewSender>();
        services.AddSingleton<Listeners>();
        services.AddSingleton<Addressee>();
        services.AddSingleton<RowDelivery>();
        services.AddSingleton<RecentRemovals>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<ThreadListener>();
        services.AddSingleton<RunScheduler>();
        services.AddSingleton(setup.Outbox);
        services.AddSingleton(new Naps(setup.LongestNap));
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<DueSweeper>();
        services.AddSingleton(settings.Retention);
        services.AddSingleton<Housekeeping>();
        services.AddSingleton<CallbackRouter>();
        services.AddSingleton<PlainWords>();
    }

    private static void AddEdge(IServiceCollection services, Settings settings)
    {
        services.AddSingleton<CallbackGate>();
        services.AddSingleton(provider => new CallerLimits(
            settings.Sidecar.CallsPerMinute, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CallerLimits>>()));
        services.AddSingleton<CallbackReplies>();
        services.AddSingleton<DialogWindows>();
        services.AddSingleton<WebhookCalls>();
        services.AddSingleton<CallbackEndpoints>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<RunningStatus.Teller>();
    }

    /// <summary>What is started stands in order, each when the one before it is up; it is stopped the other way round. The web server comes last.</summary>
    private static void AddRunning(IServiceCollection services, Settings settings, SidecarSetup setup)
    {
        services.AddSingleton<Failure>();
        services.AddSingleton(provider => new ContentWatch(
            provider.GetRequiredService<Settings>().Content, setup.ContentWatching, provider.GetRequiredService<Definitions>(), provider.GetRequiredService<ContentAlerts>(),
            provider.GetRequiredService<Naps>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ContentWatch>>()));
        if (settings.Content.Git is { } git)
        {
            services.AddHostedService(provider => new ContentPull(
                new GitCopy(git, settings.Data.Path, settings.Content.Path), git, settings.Data.Path, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ContentPull>>()));
        }

        services.AddHostedService<Keeper>();
        services.AddHostedService<AdminSocket>();
        QuartzRunTriggers.AddTo(services, setup.LongestNap);
        services.AddHostedService<ForgettingAgain>();
        Run<RunScheduler>();
        Run<OutboxDispatcher>();
        Run<DueSweeper>();
        services.AddSingleton<SocketListener>();
        Run<SocketListener>();
        Run<LoadedRuns>();
        Run<ContentWatch>();
        Run<Housekeeping>();
        services.AddSingleton(new SetupFilePoll(setup.SetupFilePoll, setup.SetupFileListens));
        services.AddSingleton<SetupFileWatch>();
        Run<SetupFileWatch>();
        services.AddHostedService<FacilitatorNames>();
        if (settings.Alerts.Webhook is { } webhook)
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<AlertHook>(provider, new AlertHookSender(webhook, setup.Transport)));
        services.AddHostedService<SidecarGauges>();
        services.AddHostedService<LoopWatch>();

        Works<ActivityRuntime>();
        Works<ThreadListener>();
        Works<PlainWords>();
        Works<DroppedFiles>();
        Works<PreviewSender>();
        Works<RunScheduler>();
        Works<OutboxDispatcher>();
        Works<DueSweeper>();
        Works<SocketListener>();
        Works<LoadedRuns>();
        Works<ContentWatch>();
        Works<Housekeeping>();
        Works<CallbackGate>();

        void Run<T>() where T : class, IHostedService => services.AddHostedService(provider => provider.GetRequiredService<T>());

        void Works<T>() where T : class, IWorkSource => services.AddSingleton<IWorkSource>(provider => provider.GetRequiredService<T>());
    }

    private static void AddAll<T>(IServiceCollection services, Assembly assembly)
    {
        foreach (var type in TypesOf<T>.In(assembly))
            services.AddSingleton(typeof(T), type);
    }
}
