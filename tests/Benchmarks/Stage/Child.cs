using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MattermostLearning.Benchmarks.Measuring;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>A process of its own, whose time and memory can be told from everybody else's. It ends by a kill: nobody gets to tidy up.</summary>
internal sealed class Child : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Queue<string> _said = new();

    private Child(Process process) => _process = process;

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024.0 * 1024);
        }
    }

    /// <summary>The most that it ever had.</summary>
    public double MostResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / (1024.0 * 1024);
        }
    }

    /// <summary>From the start of the process to the first good answer.</summary>
    public TimeSpan TimeToAnswer { get; private set; }

    public static string ProgramIn(string folder, string name) => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <param name="program">What is run: it finds .NET by itself, or has it along.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Beside that of this process.</param>
    /// <param name="probe">The address that answers 200 once it is up.</param>
    public static async Task<Child> StartAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Uri probe)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(program)! };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var client = new HttpClient();
        var began = Clock.Stamp();
        var child = new Child(Process.Start(start) ?? throw new MeasurementException($"{program} could not be started."));
        child.Listen();
        try
        {
            while (!await IsUpAsync(client, probe))
            {
                MeasurementException.Unless(!child._process.HasExited && Clock.Since(began) < LongestStart, $"{program} did not get ready:\n{child.LastWords()}");
                await Clock.PauseAsync(TimeSpan.FromMilliseconds(5));
            }
        }
        catch (MeasurementException)
        {
            child.Dispose();
            throw;
        }

        child.TimeToAnswer = Clock.Since(began);
        return child;
    }

    /// <summary>A port that nobody has just now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public string LastWords()
    {
        lock (_said)
            return string.Join('\n', _said);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<bool> IsUpAsync(HttpClient client, Uri probe)
    {
        try
        {
            using var answer = await client.GetAsync(probe);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // nobody listens yet
        }
    }

    private void Listen()
    {
        _process.OutputDataReceived += Hear;
        _process.ErrorDataReceived += Hear;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Hear(object sender, DataReceivedEventArgs line)
        {
            lock (_said)
            {
                if (line.Data is not null)
                    _said.Enqueue(line.Data);
                if (_said.Count > 40)
                    _said.Dequeue();
            }
        }
    }
}
