namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>
/// Whoever moves a clock waits for everything to rest, so there is nothing that a second thread could do meanwhile: with one, nobody has to be woken, nobody is waited for, and
/// a rehearsal takes two thirds of the time.
/// </summary>
internal static class OneThread
{
    /// <summary>For the whole process, and only before anything of it has been put off to another thread: later it changes nothing.</summary>
    public static void Suffices()
    {
        AppContext.SetData("System.Threading.ThreadPool.MinThreads", 1);
        AppContext.SetData("System.Threading.ThreadPool.MaxThreads", 1);
    }
}
