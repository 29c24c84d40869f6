#include "init/init_plugin.h"

#include "cli/data_files.h"
#include "files/paths.h"
#include "files/tree.h"
#include "init/installation.h"
#include "init/plugin_folder.h"

namespace cascade::cli {
namespace {

std::string files_text(std::size_t count) { return std::to_string(count) + (count == 1 ? " file" : " files"); }

Exit remove(Call& call, const files::Tree& tree, const std::string& folder, bool dry_run) {
  if (dry_run) {
    call.console().print("would remove what init wrote below " + folder + "\n");
    return Exit::yes;
  }
  const auto removal = init::remove_plugin(tree, folder);
  if (!removal) return call.console().fail(removal.error());
  call.console().print("removed " + files_text(removal->removed) + " below " + folder + "\n");
  for (const std::string& kept : removal->kept) call.console().complain(folder + "/" + kept + " was changed, it stays");
  return removal->kept.empty() ? Exit::yes : Exit::no;
}

std::string next_steps(const std::string& folder) {
  return "next, in the client that should have it:\n"
         "  claude plugin marketplace add '" +
         folder +
         "' && claude plugin install cascade@cascade\n"
         "  codex plugin marketplace add '" +
         folder +
         "' && codex plugin add cascade@cascade\n"
         "  gemini extensions link '" +
         folder +
         "'\n"
         "  copilot plugin marketplace add '" +
         folder + "' && copilot plugin install cascade@cascade\n";
}

}  // namespace

Exit init_plugin(Call& call, const PluginOptions& options) {
  const files::DiskTree tree;
  const std::string here = tree.real_path(".").value_or("/");
  const std::string folder = files::normalise(files::join(here, options.folder));
  if (options.remove) return remove(call, tree, folder, options.dry_run);
  const init::PluginSources sources{program_path(), vocabulary_path(call.environment()), builtin_library()};
  if (!options.copy)
    if (auto lasts = init::check_program(sources.program, folder); !lasts) return call.console().fail(lasts.error());
  const auto files = init::plugin_contents(tree, sources, CASCADE_VERSION, options.copy);
  if (!files) return call.console().fail(files.error());
  if (!options.dry_run)
    if (auto written = init::write_plugin(tree, folder, *files); !written) return call.console().fail(written.error());
  call.console().print(
      (options.dry_run ? "would write " : "wrote ") + files_text(files->size()) + " below " + folder + "\n  " +
      (options.copy ? "with its own program and library: the folder can be moved" : "calls " + sources.program) + "\n");
  if (!options.dry_run) call.console().print(next_steps(folder));
  return Exit::yes;
}

}  // namespace cascade::cli
