#include "cli/call.h"
#include "cli/data_files.h"
#include "files/paths.h"
#include "files/tree.h"
#include "init/installation.h"

namespace cascade::cli {
namespace {

struct InitOptions {
  bool project = false, user = false, dry_run = false, remove = false;
};

// What will happen, before it happens.
std::string describe(const init::Plan& plan, const std::string& binary, bool remove) {
  if (!plan.changes())
    return remove ? "nothing to take out of " + plan.path + "\n" : plan.path + " has the hooks already\n";
  std::string text;
  if (!remove) {
    text = (plan.before ? "change " : "create ") + plan.path + "\n";
    for (const init::HookEntry& entry : init::hook_entries(binary))
      text += "  on " + entry.event + (entry.matcher.empty() ? "" : " (" + entry.matcher + ")") + ": " + entry.command +
              "\n";
    if (plan.backup) text += "keep what is there now as " + plan.backup_path + "\n";
    return text;
  }
  text = (plan.after ? "take the hooks out of " : "remove ") + plan.path + "\n";
  if (plan.removes_backup) text += "remove " + plan.backup_path + "\n";
  return text;
}

}  // namespace

Exit run_init(Call& call) {
  InitOptions options;
  Arguments arguments("init");
  arguments.flag("--project", options.project);
  arguments.flag("--user", options.user);
  arguments.flag("--dry-run", options.dry_run);
  arguments.flag("--remove", options.remove);
  bool stop = false;
  if (auto parsed = call.parse(arguments, stop); !parsed) return call.console().fail(parsed.error());
  if (stop) return Exit::yes;
  if (const auto format = call.format({Format::text}); !format) return call.console().fail(format.error());
  if (options.project && options.user)
    return call.console().fail(
        {ErrorCode::misuse, "init takes --project or --user, not both", {}, "cascade init --help"});
  if (!options.project && call.environment().home.empty())
    return call.console().fail({ErrorCode::not_found, "HOME is not set", {}, "use --project, or set HOME"});

  const files::DiskTree tree;
  const std::string base = options.project ? tree.real_path(".").value_or(".") : call.environment().home;
  const std::string settings = files::join(base, ".claude/settings.json"), binary = program_path();
  const auto plan =
      options.remove ? init::plan_removal(tree, settings, binary) : init::plan_installation(tree, settings, binary);
  if (!plan) return call.console().fail(plan.error());
  call.console().print(describe(*plan, binary, options.remove));
  if (options.dry_run) return Exit::yes;
  if (!call.console().flush()) return Exit::failed;  // what was not said is not done
  if (auto done = init::carry_out(*plan); !done) return call.console().fail(done.error());
  return Exit::yes;
}

}  // namespace cascade::cli
