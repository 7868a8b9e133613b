/**
 * The names of PowerShell's `ErrorCategory` that the engine uses; the module turns them into the category of an
 * `ErrorRecord` as they are.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.management.automation.errorcategory
 */
export type ErrorCategory =
  | 'NotSpecified'
  | 'ConnectionError'
  | 'InvalidArgument'
  | 'InvalidData'
  | 'InvalidOperation'
  | 'InvalidResult'
  | 'LimitsExceeded'
  | 'NotImplemented'
  | 'NotInstalled'
  | 'ObjectNotFound'
  | 'OperationStopped'
  | 'OperationTimeout'
  | 'PermissionDenied'
  | 'ReadError'
  | 'ResourceBusy'
  | 'ResourceExists'
  | 'ResourceUnavailable'
  | 'WriteError';
