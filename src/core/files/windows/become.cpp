// Windows cannot replace a process. So the other program runs in it as a child, which ends with it, and this one waits
// and ends as the child did.
#include "files/become.h"

#include "files/loopback.h"
#include "files/system_error.h"
#include "files/windows/open.h"
#include "files/windows/spawn.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

// A file that goes with its last handle, since a pipe holds only so much.
Handle input_of(std::string_view text) {
  std::wstring folder(MAX_PATH + 1, L'\0');
  folder.resize(::GetTempPathW(static_cast<DWORD>(folder.size()), folder.data()));
  SECURITY_ATTRIBUTES inherits{sizeof inherits, nullptr, TRUE};
  Handle file(::CreateFileW((folder + L"cascade-" + wide(random_token())).c_str(), GENERIC_READ | GENERIC_WRITE, 0,
                            &inherits, CREATE_NEW, FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, nullptr));
  if (!file.is_open() || !write_all(file.get(), text) ||
      ::SetFilePointer(file.get(), 0, nullptr, FILE_BEGIN) == INVALID_SET_FILE_POINTER)
    return Handle();
  return file;
}

Handle job_that_ends_with_us() {
  Handle job(::CreateJobObjectW(nullptr, nullptr));
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK;
  ::SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits);
  return job;
}

}  // namespace

Error become(const std::vector<std::string>& words, bool has_input, std::string_view input) {
  const Handle in = has_input ? input_of(input) : to_hand_on(::GetStdHandle(STD_INPUT_HANDLE));
  if (!in.is_open()) return system_error("cannot pass on the input of", words.front(), last_code());
  const Handle out = to_hand_on(::GetStdHandle(STD_OUTPUT_HANDLE)), err = to_hand_on(::GetStdHandle(STD_ERROR_HANDLE));
  const Handle job = job_that_ends_with_us();
  Spawn plan{words};
  plan.input = in.get();
  plan.output = out.get();
  plan.errors = err.get();
  plan.flags = CREATE_SUSPENDED;
  Spawned spawned;
  if (const DWORD code = spawn(plan, spawned); code != 0)
    return system_error("cannot start", words.front(), static_cast<int>(code));
  ::AssignProcessToJobObject(job.get(), spawned.process.get());
  ::SetConsoleCtrlHandler(nullptr, TRUE);  // Ctrl+C is the child's to answer
  ::ResumeThread(spawned.thread.get());
  ::WaitForSingleObject(spawned.process.get(), INFINITE);
  ::ExitProcess(static_cast<UINT>(exit_code_of(spawned.process.get())));
}

}  // namespace cascade::files
