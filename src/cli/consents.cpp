#include "cli/consents.h"

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"

namespace cascade::cli {

bool is_run_by_client(const Environment& environment) {
  return environment.in_client || files::descends_from_one_with("CLAUDECODE");
}

Error only_a_person() {
  return {ErrorCode::misuse, "only a person may allow something, in a terminal of their own", "",
          "leave the client's shell"};
}

Result<trust::Allowed> read_consents(const Environment& environment) {
  if (environment.allowed.empty())
    return Error{ErrorCode::unwritable, "there is no folder to keep it in", "", "set HOME"};
  return trust::Allowed::read(files::DiskTree(), environment.allowed);
}

Result<void> write_consents(const Environment& environment, const trust::Allowed& allowed) {
  if (auto made = files::make_directories(std::string(files::parent(environment.allowed))); !made) return made;
  return files::write_atomically(environment.allowed, allowed.text(), 0600);
}

}  // namespace cascade::cli
