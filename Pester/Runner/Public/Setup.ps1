# Runs once before the tests of its block; its variables are visible in them.
function BeforeAll {
    param([Parameter(Mandatory, Position = 0)] [scriptblock]$Scriptblock)
    Add-Setup -Kind BeforeAll -Body $Scriptblock
}

function AfterAll {
    param([Parameter(Mandatory, Position = 0)] [scriptblock]$Scriptblock)
    Add-Setup -Kind AfterAll -Body $Scriptblock
}

# Runs before every test of its block and of the blocks inside it, in the test's scope.
function BeforeEach {
    param([Parameter(Mandatory, Position = 0)] [scriptblock]$Scriptblock)
    Add-Setup -Kind BeforeEach -Body $Scriptblock
}

function AfterEach {
    param([Parameter(Mandatory, Position = 0)] [scriptblock]$Scriptblock)
    Add-Setup -Kind AfterEach -Body $Scriptblock
}

# Runs at once, while tests are discovered: for what -TestCases and -Skip need.
function BeforeDiscovery {
    param([Parameter(Mandatory, Position = 0)] [scriptblock]$ScriptBlock)
    Assert-Discovery -Command BeforeDiscovery
    . $ScriptBlock
}
