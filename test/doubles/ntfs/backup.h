/* What BackupRead and BackupWrite share. */
#pragma once
constexpr unsigned STREAM_HEADER = 20;
#ifndef BACKUP_SPARSE_BLOCK
#define BACKUP_SPARSE_BLOCK 9
#endif
#ifndef BACKUP_TXFS_DATA
#define BACKUP_TXFS_DATA 10
#endif
#ifndef STREAM_SPARSE_ATTRIBUTE
#define STREAM_SPARSE_ATTRIBUTE 8
#endif
