namespace MattermostLearning.Simulation;

/// <summary>Something that is to happen, as it was drawn.</summary>
internal abstract record Happening(DateTimeOffset At);

/// <summary>Somebody does something. What exactly it is done to is picked from what is there then.</summary>
internal sealed record Act(DateTimeOffset At, Deed Deed, string Who, int Pick) : Happening(At);

internal enum Deed
{
    Join,
    JoinTwiceAtOnce,
    EveryRound,
    NoReminder,
    Leave,
    Reply,
    Edit,
    Delete,
    React,
    Unreact,
    Ask,
    Hold,
    Release,
    GoOn,
    Vote,
    Recall,
    Press,
    PressTwice,
}

/// <summary>Something breaks, or is well again.</summary>
internal sealed record Trouble(DateTimeOffset At, Break Break, TimeSpan Lasts = default, int Number = 0) : Happening(At);

internal enum Break
{
    /// <summary>One call in five fails in some way.</summary>
    BadWeather,
    FairWeather,
    CutSockets,
    ForgetConnections,
    StallSockets,
    FlowSockets,

    /// <summary>The process is killed while it rests...</summary>
    Kill,

    /// <summary>...or with a commit that is stored and whose outcome it does not hear.</summary>
    KillWithCommit,

    /// <summary>...or with a call to Mattermost that arrives and whose answer it does not hear.</summary>
    KillWithCall,
    Stop,
    ServerDown,
    ServerBack,
    DiskFull,
    DiskSlow,
    DiskWell,
    ClockForward,
    ClockBack,
    NewToken,
}
