// Operations: pending for DELAY_MS, then finished or failed. Whoever does not wait for the end is found out by the
// requester, which refuses all other calls meanwhile.
#include "double.h"

namespace {
struct Operation : Object<IVssAsync> {
  std::string name;
  std::shared_ptr<Progress> progress;
  HRESULT result;
  DWORD started = GetTickCount(), delay;
  HANDLE over = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  volatile bool cancelled = false;

  Operation(const std::string &name, std::shared_ptr<Progress> progress) : name(name), progress(progress) {
    std::wstring text = setting(L"DELAY_MS");
    delay = hangs(name) ? INFINITE : text.empty() ? 5 : wcstoul(text.c_str(), nullptr, 10);
    result = reach(name + ".Async");
    progress->running = name;
  }
  ~Operation() {
    if (progress->running == name) misuse(name + ": released while it runs", S_OK);
    trace("%s.Release", name.c_str());
    CloseHandle(over);
  }

  HRESULT STDMETHODCALLTYPE Cancel() override {
    trace("%s.Cancel", name.c_str());
    if (!isDeaf(name)) {
      cancelled = true;
      SetEvent(over);
    }
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE Wait(DWORD milliseconds) override {
    HRESULT injected = reach(name + ".Wait");
    if (FAILED(injected)) return injected;
    DWORD passed = GetTickCount() - started, left = delay == INFINITE ? INFINITE : passed >= delay ? 0 : delay - passed;
    WaitForSingleObject(over, left < milliseconds ? left : milliseconds);
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE QueryStatus(HRESULT *status, INT *reserved) override {
    if (reserved) *reserved = 0;
    HRESULT injected = reach(name + ".QueryStatus");
    if (FAILED(injected)) return injected;
    bool ended = delay != INFINITE && GetTickCount() - started >= delay;
    *status = cancelled ? VSS_S_ASYNC_CANCELLED : !ended ? VSS_S_ASYNC_PENDING : FAILED(result) ? result : VSS_S_ASYNC_FINISHED;
    if (*status == VSS_S_ASYNC_PENDING) return S_OK;
    if (progress->running == name) {
      progress->running.clear();
      if (*status != VSS_S_ASYNC_FINISHED) progress->failed = true;
      trace("%s %s", name.c_str(), cancelled ? "cancelled" : FAILED(result) ? "failed" : "finished");
    }
    return S_OK;
  }
};
}

IVssAsync *startOperation(const std::string &name, std::shared_ptr<Progress> progress) {
  return new Operation(name, progress);
}
