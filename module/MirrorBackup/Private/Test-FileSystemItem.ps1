# Whether an object is a file or folder from Get-Item or Get-ChildItem, here or on another computer.
function Test-FileSystemItem {
    param($InputObject)
    if ($null -eq $InputObject) { return $false }
    return $InputObject -is [System.IO.FileSystemInfo] -or $InputObject.PSObject.TypeNames -contains 'Deserialized.System.IO.FileSystemInfo'
}
