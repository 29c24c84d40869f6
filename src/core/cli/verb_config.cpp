// Shows every setting in force and where it comes from.
#include "cli/call.h"
#include "cli/settings_in_force.h"
#include "cli/settings_line.h"
#include "files/tree.h"
#include "policy/setting.h"
#include "text/suggestion.h"
#include "text/word_set.h"

#include <algorithm>

namespace cascade::cli {
namespace {

// "config set NAME VALUE", "config NAME VALUE".
Error writes_none(const Environment& environment, std::vector<std::string> words) {
  if (letters::is_one_of(words.front(), {"set", "add", "get", "show"})) words.erase(words.begin());
  const std::string how = how_to_write(environment, words.front(), words.size() > 1 ? words[1] : "");
  return misuse("config shows settings and writes none",
                how.empty() ? "write NAME: VALUE into a cascade.yaml: cascade help settings" : how);
}

Error no_setting(const std::string& name) {
  std::vector<std::string_view> keys;
  for (const policy::Setting& setting : policy::settings()) keys.push_back(setting.outermost());
  const std::string_view near = letters::nearest_word(name, keys);
  return misuse("there is no setting '" + name + "'" +
                    (near.empty() ? "" : "; " + letters::did_you_mean("'" + std::string(near) + "'")),
                "cascade config lists them");
}

}  // namespace

Exit run_config(Call& call) {
  std::vector<std::string> wanted;
  Arguments arguments("config");
  arguments.words("NAME", wanted, 0, 3);
  if (const auto ended = call.read(arguments)) return *ended;
  if (wanted.size() > 1) return call.console().fail(writes_none(call.environment(), wanted));
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
                                   [&](const SettingInForce& setting) {
                                     return setting.name != name && setting.name.compare(0, group.size(), group) != 0;
                                   }),
                    settings->end());
    if (settings->empty()) return call.console().fail(no_setting(name));
  }
  call.console().print(*format == Format::json ? settings_json(*settings)
                                               : settings_text(*settings, call.console().paint()));
  return Exit::yes;
}

}  // namespace cascade::cli
