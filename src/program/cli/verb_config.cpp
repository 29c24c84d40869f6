// Shows every setting in force and where it comes from.
#include "cli/call.h"
#include "cli/settings_in_force.h"
#include "files/tree.h"

#include <algorithm>

namespace cascade::cli {
Exit run_config(Call& call) {
  std::vector<std::string> wanted;
  Arguments arguments("config");
  arguments.words("NAME", wanted, 0, 3);
  if (const auto ended = call.read(arguments)) return *ended;
  if (wanted.size() > 1)
    return call.console().fail(misuse("config shows settings and writes none",
                                      "write NAME: VALUE into a cascade.yaml: cascade help settings"));
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  const auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  auto settings =
      settings_in_force(call.environment(), call.options(), *workspace, files::DiskTree().real_path(".").value_or("/"));
  if (!settings) return call.console().fail(settings.error());
  if (!wanted.empty()) {
    const std::string &name = wanted.front(), group = name + ".";
    settings->erase(std::remove_if(settings->begin(), settings->end(),
                                   [&](const rendering::SettingInForce& setting) {
                                     return setting.name != name && setting.name.compare(0, group.size(), group) != 0;
                                   }),
                    settings->end());
    if (settings->empty())
      return call.console().fail(
          {ErrorCode::misuse, "there is no setting '" + name + "'", {}, "cascade config lists them"});
  }
  call.console().print(*format == Format::json ? rendering::settings_json(*settings)
                                               : rendering::settings_text(*settings, call.console().paint()));
  return Exit::yes;
}

}  // namespace cascade::cli
