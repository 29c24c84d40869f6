// Takes the hooks out and says how the program itself is removed. The hooks come first: settings that call a program
// which is gone make every prompt of the client fail.
#include "init/installation.h"

#include "cli/call.h"
#include "cli/environment.h"
#include "files/paths.h"
#include "git/words.h"

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
  // An archive's folder of data may hold them, and goes whole.
  const std::string data = data_folder(environment), others = files::join(data, "libraries");
  const std::string word = repository::shell_word(data);
  const bool goes_whole =
      commands.find(word + " ") != std::string::npos || commands.find(word + "\n") != std::string::npos;
  if (!data.empty() && tree.stat(others) && !goes_whole)
    call.console().print("  # libraries of others\n  " + removal_of_folder(others) + "\n");
  if (const std::string settings(files::parent(environment.users_configuration));
      !settings.empty() && tree.stat(settings))
    call.console().print("  # your settings\n  " + removal_of_folder(settings) + "\n");
  return Exit::yes;
}

// The places tell: npm keeps packages in node_modules, a build tree has CMake's cache, scripts/install leaves a record,
// a Debian package is known to dpkg, and an archive leaves the files alone.
namespace {

// A package in .../node_modules/cascade-context-linux-x64. npm keeps global ones in lib/node_modules, npx its own in
// _npx.
std::string of_npm(const files::Tree& tree, const std::string& program, std::size_t modules) {
  const std::string outer = program.substr(0, program.find("/node_modules/"));
  if (const std::size_t npx = outer.find("/_npx/"); npx != std::string::npos)
    return "# npx keeps it in its cache\nrm -r " + repository::shell_word(outer) + "\n";
  if (program.find("/.pnpm/") < modules)
    return files::file_name(outer) == "global" || outer.find("/global/") != std::string::npos
               ? "pnpm remove --global cascade-context\n"
               : "pnpm --dir " + repository::shell_word(outer) + " remove cascade-context\n";
  if (files::file_name(outer) == "lib" && !tree.stat(files::join(outer, "package.json")))
    return "npm uninstall --global cascade-context --prefix " +
           repository::shell_word(std::string(files::parent(outer))) + "\n";
  return "npm uninstall cascade-context --prefix " + repository::shell_word(outer) + "\n";
}

// The files that the archive holds, as far as they are there.
std::string of_archive(const files::Tree& tree, const std::string& prefix, const std::string& program) {
  constexpr const char* folders[] = {"libexec/cascade", "share/cascade"};
  constexpr const char* completions[] = {"share/bash-completion/completions/cascade",
                                         "share/zsh/vendor-completions/_cascade",
                                         "share/fish/vendor_completions.d/cascade.fish"};
  std::string words = repository::shell_word(program);
  const auto add = [&](const std::string& path, const std::string& written) {
    if (tree.stat(path)) words += " " + written;
  };
  for (const char* folder : folders)
    add(files::join(prefix, folder), repository::shell_word(files::join(prefix, folder)));
  for (const char* file : completions)
    add(files::join(prefix, file), repository::shell_word(files::join(prefix, file)));
  const std::string pages = files::join(prefix, "share/man/man1");
  for (const char* ending : {".1", ".1.gz"})
    add(files::join(pages, std::string("cascade") + ending), repository::shell_word(pages) + "/cascade" + ending + " " +
                                                                 repository::shell_word(pages) + "/cascade-*" + ending);
  return "# unpacked from an archive\nrm -r " + words + "\n";
}

}  // namespace

std::string removal_of_folder(const std::string& folder) { return "rm -r " + repository::shell_word(folder); }

std::string removal_commands(const files::Tree& tree, const std::string& program) {
  const std::string folder(files::parent(program)), prefix(files::parent(folder));
  if (const std::size_t modules = program.find("/node_modules/cascade-context-"); modules != std::string::npos)
    return of_npm(tree, program, modules);
  if (tree.stat(files::join(folder, "CMakeCache.txt")))
    return "# it runs from its build tree\nrm -r " + repository::shell_word(folder) + "\n";
  if (program == "/usr/bin/cascade" && tree.stat("/var/lib/dpkg/info/cascade.list")) return "sudo apt remove cascade\n";
  if (tree.stat(files::join(prefix, "share/cascade/installed")))
    return "# in the folder of the sources; what it installed is listed in " +
           files::join(prefix, "share/cascade/installed") + "\nscripts/install --remove --prefix " +
           repository::shell_word(prefix) + "\n";
  if (tree.stat(files::join(prefix, "share/cascade/library"))) return of_archive(tree, prefix, program);
  return "rm " + repository::shell_word(program) + "\n";
}

}  // namespace cascade::cli
