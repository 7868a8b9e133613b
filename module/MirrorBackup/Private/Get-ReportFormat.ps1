# What a file is meant to be, by its name.
function Get-ReportFormat {
    param([string]$Path)
    switch ([System.IO.Path]::GetExtension($Path)) {
        '.json' { return 'Json' }
        '.prom' { return 'Prometheus' }
        default { return 'Html' }
    }
}
