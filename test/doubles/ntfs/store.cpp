#include "ntfs.h"
#include <cwchar>

static std::wstring folderOf(HANDLE handle) {
  BY_HANDLE_FILE_INFORMATION info;
  std::wstring root = setting(L"STORE");
  if (root.empty() || !GetFileInformationByHandle(handle, &info)) return L"";
  wchar_t id[64];
  swprintf(id, 64, L"\\%08lx-%08lx%08lx", info.dwVolumeSerialNumber, info.nFileIndexHigh, info.nFileIndexLow);
  CreateDirectoryW(root.c_str(), nullptr);
  return root + id;
}

std::wstring itemPath(HANDLE handle, const std::wstring &item) {
  std::wstring folder = folderOf(handle);
  return folder.empty() ? L"" : folder + L"\\" + item;
}

bool readItem(HANDLE handle, const std::wstring &item, Bytes &bytes) {
  std::wstring path = itemPath(handle, item);
  if (path.empty()) return false;
  HANDLE file = CreateFileW(path.c_str(), GENERIC_READ, 7, nullptr, OPEN_EXISTING, 0, nullptr);
  if (file == INVALID_HANDLE_VALUE) return false;
  bytes = readAll(file);
  CloseHandle(file);
  return true;
}

bool writeItem(HANDLE handle, const std::wstring &item, const void *data, size_t size) {
  std::wstring folder = folderOf(handle);
  if (folder.empty()) return false;
  CreateDirectoryW(folder.c_str(), nullptr);
  HANDLE file = CreateFileW((folder + L"\\" + item).c_str(), GENERIC_WRITE, 7, nullptr, CREATE_ALWAYS, 0, nullptr);
  if (file == INVALID_HANDLE_VALUE) return false;
  DWORD code = writeAt(file, 0, data, size);
  CloseHandle(file);
  return code == 0;
}

void removeItem(HANDLE handle, const std::wstring &item) { DeleteFileW(itemPath(handle, item).c_str()); }

void forget(HANDLE handle) {
  std::wstring folder = folderOf(handle);
  WIN32_FIND_DATAW entry;
  HANDLE search = FindFirstFileW((folder + L"\\*").c_str(), &entry);
  if (search == INVALID_HANDLE_VALUE) return;
  do {
    if (!(entry.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)) DeleteFileW((folder + L"\\" + entry.cFileName).c_str());
  } while (FindNextFileW(search, &entry));
  FindClose(search);
  RemoveDirectoryW(folder.c_str());
}

void touch(HANDLE handle) {
  FILE_BASIC_INFO info;
  if (!GetFileInformationByHandleEx(handle, FileBasicInfo, &info, sizeof info)) return;
  FILE_BASIC_INFO same = {};
  same.LastWriteTime = info.LastWriteTime;
  SetFileInformationByHandle(handle, FileBasicInfo, &same, sizeof same);
}

std::wstring streamItem(const std::wstring &name) {
  std::wstring plain = name.substr(1);
  size_t type = plain.find(L':');
  if (type != std::wstring::npos) plain.resize(type);
  std::wstring item = L"stream-";
  wchar_t digits[8];
  for (wchar_t unit : plain) {
    swprintf(digits, 8, L"%04x", unit);
    item += digits;
  }
  return item;
}

std::vector<NamedStream> namedStreams(HANDLE handle) {
  std::vector<NamedStream> streams;
  WIN32_FIND_DATAW entry;
  HANDLE search = FindFirstFileW(itemPath(handle, L"stream-*").c_str(), &entry);
  if (search == INVALID_HANDLE_VALUE) return streams;
  do {
    std::wstring digits = entry.cFileName + 7, name = L":";
    for (size_t at = 0; at + 4 <= digits.size(); at += 4) name += (wchar_t)wcstoul(digits.substr(at, 4).c_str(), nullptr, 16);
    streams.push_back({name + L":$DATA", ((uint64_t)entry.nFileSizeHigh << 32) | entry.nFileSizeLow});
  } while (FindNextFileW(search, &entry));
  FindClose(search);
  return streams;
}
