// A fault in one of these files leaves that line out and is reported; the router does without it. The whole text of all
// files is kept as well (`text`), because the index is made again when any of it changes.
#include "workspace/overlays.h"

#include <map>
#include <optional>

#include "files/paths.h"
#include "route/prompts_file.h"
#include "syntax/yaml.h"

namespace cascade::workspace {
namespace {

using syntax::Node;
using syntax::NodeKind;

std::string place(const std::string& path, const Node& node) {
  return path + ":" + std::to_string(node.at.line) + ":" + std::to_string(node.at.column) + ": ";
}

void add_entry(const Node& key, const Node& value, const std::string& path, Overlays& into) {
  const auto symbol = Symbol::parse(key.text);
  if (!symbol) {
    into.faults.push_back(place(path, key) + "'" + key.text + "' is not written kind:name");
    return;
  }
  Overlay overlay{*symbol, {}};
  if (value.kind == NodeKind::string) {
    overlay.phrases.push_back(value.text);
  } else if (value.kind == NodeKind::list) {
    for (const Node& item : value.items) {
      if (item.kind == NodeKind::list || item.kind == NodeKind::map)
        into.faults.push_back(place(path, item) + "a phrase is one line of text");
      else
        overlay.phrases.push_back(item.text);
    }
  } else {
    into.faults.push_back(place(path, value) + "expected a list of phrases");
    return;
  }
  into.overlays.push_back(std::move(overlay));
}

}  // namespace

void parse_overlay(std::string_view text, const std::string& path, Overlays& into) {
  const syntax::Parsed parsed = syntax::parse_yaml(text, 1, syntax::NodeLimits{});
  if (parsed.root.kind == NodeKind::null && parsed.faults.empty()) return;
  if (parsed.root.kind != NodeKind::map) {
    into.faults.push_back(path + ": expected a map from kind:name to phrases");
    return;
  }
  for (const syntax::Fault& fault : parsed.faults)
    if (fault.kind != syntax::FaultKind::comment_cut)  // a comment after a phrase is intended
      into.faults.push_back(path + ":" + std::to_string(fault.at.line) + ":" + std::to_string(fault.at.column) + ": " +
                            fault.message);
  for (std::size_t i = 0; i < parsed.root.size(); ++i) add_entry(parsed.root.key(i), parsed.root.value(i), path, into);
}

void parse_own_prompts(std::string_view text, const std::string& path, Overlays& into) {
  constexpr std::size_t most_taught = 60, most_kept_back = 2'000;  // phrases of a manifest; prompts of all files
  const route::WrittenPrompts written = route::parse_prompts(text);
  for (const std::string& fault : written.faults) into.faults.push_back(path + ":" + fault);
  std::map<std::string, Overlay> taught;
  for (const route::WrittenPrompt& prompt : written.prompts) {
    const auto symbol = prompt.answer.empty() ? std::nullopt : Symbol::parse(prompt.answer);
    if (!prompt.answer.empty() && !symbol) {
      into.faults.push_back(path + ":" + std::to_string(prompt.line) + ": '" + prompt.answer +
                            "' is not written kind:name");
    } else if (prompt.kept_back) {
      if (into.kept_back.size() < most_kept_back) into.kept_back.push_back({prompt.text, prompt.answer});
    } else if (symbol) {
      Overlay& overlay = taught.try_emplace(prompt.answer, Overlay{*symbol, {}}).first->second;
      if (overlay.phrases.size() < most_taught) overlay.phrases.push_back(prompt.text);
    }
  }
  for (auto& [answer, overlay] : taught) into.overlays.push_back(std::move(overlay));
}

Overlays read_overlays(const files::Tree& tree, const std::vector<SourceRoot>& roots) {
  Overlays found;
  for (const SourceRoot& root : roots) {
    const auto read = [&](std::string_view name, std::uint64_t most, auto parse) {
      const std::string path = files::join(root.folder.path, name);
      const auto text = tree.read_own(root.folder.path, name, most);
      if (!text) {
        if (text.error().code != ErrorCode::not_found) found.faults.push_back(path + ": " + text.error().message);
        return;
      }
      found.text.append(root.label).append(name).append("\n").append(*text) += '\n';
      parse(*text, path, found);
    };
    read(overlay_name, max_overlay_bytes, parse_overlay);
    read(prompts_name, max_prompts_bytes, parse_own_prompts);
  }
  return found;
}

}  // namespace cascade::workspace
