// Nothing of what confines a program on Linux is here: no sealed files in memory, no filter of system calls and no
// namespaces. Who wants one of these is told so, and the program does not run.
#include "files/mapped_file.h"
#include "files/process.h"
#include "files/run_program.h"

namespace cascade::files {
namespace {

Error not_here() {
  return {ErrorCode::unsupported, "this system has no files in memory that can be sealed, so the program is not run",
          "", how_to_confine};
}

}  // namespace

const bool can_seal = false;
const char* const how_to_confine = "programs of others are run on Linux only; see `cascade help platforms`";

std::string denied_calls(Sockets) { return {}; }

Result<Descriptor> memory_file() { return not_here(); }
Result<Descriptor> sealed_file(std::string_view, bool) { return not_here(); }

// No process is ever given the orphans of another.
LastChildren::LastChildren() = default;
LastChildren::~LastChildren() = default;

}  // namespace cascade::files
