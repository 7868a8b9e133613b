# A group of tests. With -ForEach, one group per entry.
function Describe {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string]$Name,
        [Parameter(Position = 1)] [scriptblock]$Fixture,
        [string[]]$Tag = @(),
        [switch]$Skip,
        [AllowEmptyCollection()] [object[]]$ForEach
    )

    Add-Block -Kind Describe -Name $Name -Body $Fixture -ForEach $ForEach -HasForEach $PSBoundParameters.ContainsKey('ForEach') -Skip $Skip -Tag $Tag
}

# A group inside a group.
function Context {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string]$Name,
        [Parameter(Position = 1)] [scriptblock]$Fixture,
        [string[]]$Tag = @(),
        [switch]$Skip,
        [AllowEmptyCollection()] [object[]]$ForEach
    )

    Add-Block -Kind Context -Name $Name -Body $Fixture -ForEach $ForEach -HasForEach $PSBoundParameters.ContainsKey('ForEach') -Skip $Skip -Tag $Tag
}
