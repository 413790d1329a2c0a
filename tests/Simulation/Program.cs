using MattermostLearning.Simulation;

ThreadPool.GetMaxThreads(out var threads, out _);
if (threads != 1)
    throw new InvalidOperationException($"A seed repeats itself on one thread only, and {threads} may run here: start it as it was built, with its runtimeconfig.json.");

// From here on everything is run by the one thread of the pool; the one that began only waits.
await Task.Yield();
return await SimulationLine.RunAsync(args, Console.Out);
