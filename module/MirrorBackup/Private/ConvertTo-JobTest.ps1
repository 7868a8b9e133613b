# Checks of the protocol -> MirrorBackup.JobTest.
function ConvertTo-JobTest {
    param($InputObject)
    foreach ($check in $InputObject) {
        [pscustomobject]@{
            PSTypeName = 'MirrorBackup.JobTest'
            Job        = $check.job
            Check      = $check.check
            Status     = $check.status
            Passed     = $check.status -ne 'Failed'
            Message    = $check.message
            Hint       = $check.hint
            Target     = $check.path
            SetPath    = $check.setPath
            Path       = $check.file
        }
    }
}
