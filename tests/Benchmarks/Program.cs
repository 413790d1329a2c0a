using MattermostLearning.Benchmarks;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Benchmarks.Stage;

if (args is [ConstantHandler.Verb, var address, var answer])
{
    await ConstantHandler.ServeAsync(address, answer);
    return 0;
}

return await BenchmarkLine.Parse(args, async choices =>
{
    using var bench = new Workbench(choices.Sizes, RealServer.FromEnvironment(), choices.Sidecar, choices.Keep, Console.Error.WriteLine);
    try
    {
        Console.WriteLine(Table.Render(await Suite.RunAsync(bench, choices.Only)));
        return 0;
    }
    catch (MeasurementException e)
    {
        Console.Error.WriteLine($"No table: {e.Message}");
        return 1;
    }
});
