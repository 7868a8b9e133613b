/* What an NTFS volume does that Wine does not, over ordinary files: shared by all files of the double. */
#pragma once
#include <winsock2.h>
#include <windows.h>
#include <winternl.h>
#include <cstdint>
#include <string>
#include <vector>

#define EXPORT extern "C"

using Bytes = std::vector<uint8_t>;

/** Attributes that only a control code or a reparse point can change. */
constexpr DWORD CONTROLLED_ATTRIBUTES = FILE_ATTRIBUTE_SPARSE_FILE | FILE_ATTRIBUTE_COMPRESSED | FILE_ATTRIBUTE_ENCRYPTED |
                                        FILE_ATTRIBUTE_REPARSE_POINT | FILE_ATTRIBUTE_DIRECTORY;
/** The data of such a file is somewhere else: reading it would bring it here. */
constexpr DWORD RECALL_ATTRIBUTES = FILE_ATTRIBUTE_OFFLINE | 0x00040000 | 0x00400000;

/* trace.cpp: configuration, injected errors, call trace */
std::wstring setting(const wchar_t *name);
/** True for a privilege the process "holds"; all, unless the setting PRIVILEGES names some. */
bool holds(const char *privilege);
/** Counts the call; a code to fail with, or 0. */
DWORD injected(const char *function);
void trace(const char *format, ...);
std::string leafOf(HANDLE handle);
/** Ends a Win32 call with an error: traces it, sets the last error, returns FALSE. */
BOOL refuse(const char *function, HANDLE handle, DWORD code);

/* store.cpp: what the host's file system cannot hold, by file id, so that all names of a file share it */
bool readItem(HANDLE handle, const std::wstring &item, Bytes &bytes);
bool writeItem(HANDLE handle, const std::wstring &item, const void *data, size_t size);
void removeItem(HANDLE handle, const std::wstring &item);
/** Forgets everything about a file that was just created: its id may have belonged to a removed one. */
void forget(HANDLE handle);
/** Any metadata change moves the change time. */
void touch(HANDLE handle);
std::wstring itemPath(HANDLE handle, const std::wstring &item);
struct NamedStream { std::wstring name; uint64_t size; };
std::vector<NamedStream> namedStreams(HANDLE handle);
/** @param name of the form `:name` or `:name:$DATA` */
std::wstring streamItem(const std::wstring &name);

/* create.cpp */
ACCESS_MASK accessOf(HANDLE handle);
HANDLE openStream(HANDLE file, const std::wstring &name, DWORD disposition);

/* information.cpp */
DWORD attributesOf(HANDLE handle);
void setAttribute(HANDLE handle, DWORD set, DWORD clear);
uint64_t sizeOf(HANDLE handle);

/* files.cpp: content without the traced calls */
Bytes readAll(HANDLE handle);
Bytes readAt(HANDLE handle, uint64_t offset, size_t length);
DWORD writeAt(HANDLE handle, uint64_t offset, const void *data, size_t length);
DWORD setEnd(HANDLE handle, uint64_t size);
struct Range { uint64_t offset, length; };
/** Blocks of 64 KiB that hold data, as NTFS allocates a sparse file. */
std::vector<Range> allocatedRanges(HANDLE handle, uint64_t from, uint64_t length);

/* extended-attributes.cpp, reparse.cpp, security.cpp */
DWORD setExtendedAttributes(HANDLE handle, const uint8_t *list, size_t size);
DWORD setReparsePoint(HANDLE handle, const uint8_t *data, size_t size);
Bytes securityOf(HANDLE handle);
/** The descriptor an item is created with; owner and group come from the process. */
void createSecurity(HANDLE handle, const void *descriptor);
