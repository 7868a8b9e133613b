# Runs a program to its end: what it wrote, and its exit code. It ends with the pipeline.
function Invoke-Program {
    param([string]$FilePath, [string[]]$ArgumentList)
    $process = [System.Diagnostics.Process]::new()
    $start = $process.StartInfo
    $start.FileName = $FilePath
    $start.Arguments = Join-ProcessArgument $ArgumentList
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.EnvironmentVariables['LC_ALL'] = 'C'
    $started = $false
    try {
        $started = $process.Start()
        $process.StandardInput.Close()
        $output = $process.StandardOutput.ReadToEndAsync()
        $errors = $process.StandardError.ReadToEndAsync()
        while (-not $process.WaitForExit(100)) { }
        return @{ ExitCode = $process.ExitCode; Output = $output.Result; Error = $errors.Result.Trim() }
    }
    finally {
        if ($started -and -not $process.HasExited) { $process.Kill() }
        $process.Dispose()
    }
}
