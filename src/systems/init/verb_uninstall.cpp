// Takes the hooks out and says how the program itself is removed. The hooks come first: settings that call a program
// which is gone make every prompt of the client fail.
#include "cli/call.h"
#include "cli/data_files.h"
#include "init/init_removal.h"
#include "init/installed_as.h"

namespace cascade::cli {

Exit run_uninstall(Call& call) {
  bool dry_run = false;
  Arguments arguments("uninstall");
  arguments.flag("--dry-run", dry_run);
  if (const auto ended = call.read(arguments)) return *ended;
  if (const auto format = call.format({Format::text}); !format) return call.console().fail(format.error());
  if (const Exit exit = remove_hooks(call, dry_run); exit != Exit::yes) {
    call.console().complain(
        "the hooks stay in the settings named above, so the program must stay, too\n"
        "  help: mend these files, or take the entries out by hand; then run cascade uninstall again");
    return exit;
  }
  const files::DiskTree tree;
  call.console().print("\nthe program and what it keeps, for you to remove:\n");
  const std::string commands = removal_commands(tree, program_path());
  for (std::size_t begin = 0; begin < commands.size();) {
    const std::size_t end = commands.find('\n', begin);
    call.console().print("  " + commands.substr(begin, end - begin) + "\n");
    begin = end + 1;
  }
  const Environment& environment = call.environment();
  if (!environment.cache.empty() && tree.stat(environment.cache))
    call.console().print("  # the index\n  " + removal_of_folder(environment.cache) + "\n");
  if (!environment.state.empty() && tree.stat(environment.state))
    call.console().print("  # what is remembered of sessions, and facts\n  " + removal_of_folder(environment.state) +
                         "\n");
  if (const std::string data = data_folder(environment); !data.empty() && tree.stat(data))
    call.console().print("  # libraries of others\n  " + removal_of_folder(data) + "\n");
  return Exit::yes;
}

}  // namespace cascade::cli
