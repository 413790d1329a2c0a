namespace MattermostLearning.Sidecar.Rehearsal.People;

/// <summary>How a simulated learner takes part.</summary>
internal enum Temper
{
    /// <summary>Soon, and nearly always.</summary>
    Keen,

    /// <summary>Within a day or two, often.</summary>
    Average,

    /// <summary>After days, mostly once reminded.</summary>
    Late,

    /// <summary>Reads along, and never acts.</summary>
    Silent,

    /// <summary>Takes part like most, and is gone before the end.</summary>
    Leaving,

    /// <summary>Does whatever a message asks for, and writes only once reminded: whoever wants to see everything. In previews only.</summary>
    Attentive,
}

/// <summary>How soon and how likely somebody of a temper acts. Times are from what they see to what they do, before sleep and weekends.</summary>
/// <param name="Engages">The chance that they press something that a message offers.</param>
/// <param name="Replies">The chance that they write in a thread that they take part in.</param>
/// <param name="Notices">Until they act on a message.</param>
/// <param name="Writes">Until they have something to write.</param>
/// <param name="WorksOnWeekends">Whether Saturday is a day for it.</param>
internal sealed record Habits(double Engages, double Replies, (TimeSpan From, TimeSpan To) Notices, (TimeSpan From, TimeSpan To) Writes, bool WorksOnWeekends = false)
{
    /// <summary>The chance that they press something that is only there for whoever wants it.</summary>
    public double Chooses => Engages < 1 ? Engages * 0.2 : 0;

    public static Habits Of(Temper temper) => temper switch
    {
        Temper.Keen => new(0.95, 0.95, (TimeSpan.FromMinutes(4), TimeSpan.FromHours(3)), (TimeSpan.FromMinutes(20), TimeSpan.FromHours(8)), WorksOnWeekends: true),
        Temper.Average => new(0.65, 0.7, (TimeSpan.FromMinutes(20), TimeSpan.FromHours(26)), (TimeSpan.FromHours(3), TimeSpan.FromHours(50))),
        Temper.Late => new(0.6, 0.75, (TimeSpan.FromHours(8), TimeSpan.FromHours(60)), (TimeSpan.FromHours(70), TimeSpan.FromHours(130))),
        Temper.Leaving => new(0.8, 0.6, (TimeSpan.FromMinutes(20), TimeSpan.FromHours(20)), (TimeSpan.FromHours(3), TimeSpan.FromHours(40))),
        Temper.Attentive => new(1, 1, (TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(20)), (TimeSpan.FromDays(400), TimeSpan.FromDays(401))),
        _ => new(0, 0, default, default),
    };
}
