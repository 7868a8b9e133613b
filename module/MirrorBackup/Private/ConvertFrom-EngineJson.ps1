# Reads one line of JSON into dictionaries and arrays. ConvertFrom-Json is not used: PowerShell 7 turns every string that
# looks like a time into a DateTime, file names included. Throws if the line is not a JSON object.
function ConvertFrom-EngineJson {
    param([string]$Line)
    if ($PSVersionTable.PSEdition -eq 'Core') {
        $document = [System.Text.Json.JsonDocument]::Parse($Line)
        try { return Expand-JsonObject $document.RootElement }
        finally { $document.Dispose() }
    }
    return Read-JsonWithJavaScriptSerializer $Line
}

# System.Text.Json is part of .NET and compiled ahead: it is at work sooner than anything else. Values are told apart by
# the number of their JsonValueKind, and those inside are expanded in the loop rather than by a call of their own.
function Expand-JsonObject {
    param($Element)
    $object = [System.Collections.Generic.Dictionary[string, object]]::new()
    foreach ($property in $Element.EnumerateObject()) {
        $value = $property.Value
        $kind = [int]$value.ValueKind
        if ($kind -eq 3) { $value = $value.GetString() }
        elseif ($kind -eq 4) {
            $value = $value.GetDouble()
            if ($value % 1 -eq 0 -and $value -lt 1e18 -and $value -gt -1e18) { $value = [long]$value }
        }
        elseif ($kind -ge 5) { $value = if ($kind -ne 7) { $kind -eq 5 } }
        elseif ($kind -eq 1) { $value = Expand-JsonObject $value }
        else { $value = Expand-JsonArray $value }
        $object[$property.Name] = $value
    }
    return $object
}

function Expand-JsonArray {
    param($Element)
    $values = foreach ($value in $Element.EnumerateArray()) {
        $kind = [int]$value.ValueKind
        if ($kind -eq 1) { Expand-JsonObject $value }
        elseif ($kind -eq 2) { , (Expand-JsonArray $value) }
        elseif ($kind -eq 3) { $value.GetString() }
        elseif ($kind -eq 4) { $value.GetDouble() }
        elseif ($kind -eq 7) { , $null }
        else { $kind -eq 5 }
    }
    return , @($values)
}

# JavaScriptSerializer is part of .NET Framework.
function Read-JsonWithJavaScriptSerializer {
    param([string]$Line)
    if ($null -eq $script:JavaScriptSerializer) {
        $null = [System.Reflection.Assembly]::Load('System.Web.Extensions, Version=4.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35')
        $script:JavaScriptSerializer = ('System.Web.Script.Serialization.JavaScriptSerializer' -as [type])::new()
        $script:JavaScriptSerializer.MaxJsonLength = [int]::MaxValue
    }
    return [System.Collections.Generic.Dictionary[string, object]]$script:JavaScriptSerializer.DeserializeObject($Line)
}

$script:JavaScriptSerializer = $null
