#include "client/events.h"

#include <algorithm>

#include "client/facts/claude_code.h"
#include "files/paths.h"
#include "syntax/json.h"
#include "text/names.h"
#include "text/suggestion.h"

namespace cascade::client {

namespace facts = claude_code_facts;

const Event* find_event(std::string_view name) noexcept { return find_by_name(facts::events, name); }
Span<Event> events() noexcept { return all_of(facts::events); }

const Handler* find_handler(std::string_view type) noexcept {
  return letters::find_first(facts::handlers, &Handler::type, type);
}
Span<Handler> handlers() noexcept { return all_of(facts::handlers); }

bool is_own_source(std::string_view source) noexcept { return has_name(facts::own_sources, source); }

bool is_key_of_hooks_file(std::string_view key) noexcept { return has_name(facts::hooks_keys, key); }

namespace {

using syntax::Node, syntax::NodeKind;

constexpr std::string_view our_name = "cascade";

class Reader {
 public:
  explicit Reader(const Dialect& client) : client_(client) {}

  std::vector<HookFileFault> read(std::string_view text) {
    const std::string plain = client_.settings.comments ? syntax::without_comments(text) : std::string();
    const syntax::Parsed parsed = syntax::parse_json(client_.settings.comments ? std::string_view(plain) : text);
    for (const syntax::Fault& fault : parsed.faults)
      if (fault.kind == syntax::FaultKind::syntax) {
        add(fault.at, "is not valid JSON: " + fault.message, "mend it: until then " + title() + " reads nothing of it");
        return std::move(found_);
      }
    if (!parsed.complete) return {};
    if (parsed.root.kind != NodeKind::map)
      wrong(parsed.root, "this is not an object");
    else if (const Node* const hooks = parsed.root.find("hooks"))
      events(*hooks);
    return std::move(found_);
  }

 private:
  std::string title() const { return std::string(client_.title); }

  void add(const syntax::Position& at, std::string message, std::string help) {
    found_.push_back({at.line, at.column, std::move(message), std::move(help)});
  }
  void wrong(const Node& node, const std::string& what) {
    add(node.at, what + ", so " + title() + " does not call what is written here",
        "mend it, or take it out and type `cascade init`, which writes its own entries");
  }

  void events(const Node& hooks) {
    if (hooks.kind != NodeKind::map) return wrong(hooks, "\"hooks\" is not an object");
    for (std::size_t i = 0; i < hooks.size(); ++i) {
      event_ = hooks.key(i).text;
      calls_us_ = false;
      const Node& list = hooks.value(i);
      if (list.kind != NodeKind::list) {
        wrong(list, "\"" + event_ + "\" is not a list");
        continue;
      }
      for (const Node& entry : list.items) group(entry);
      if (!calls_us_ || &client_ != &usual_dialect() || find_event(event_) != nullptr) continue;
      std::vector<std::string_view> known;
      for (const Event& event : client::events()) known.push_back(event.name);
      add(hooks.key(i).at, title() + " has no event \"" + event_ + "\", so it never calls " + std::string(our_name),
          letters::did_you_mean(event_, known));
    }
  }

  void group(const Node& entry) {
    if (entry.kind != NodeKind::map) return wrong(entry, "an entry of \"" + event_ + "\" is not an object");
    of_kind(entry, "matcher", NodeKind::string, "a text");
    if (client_.settings.form != SettingsForm::nested) return handler(entry);
    const Node* const handlers = entry.find("hooks");
    if (handlers == nullptr) return wrong(entry, "an entry of \"" + event_ + "\" has no \"hooks\"");
    if (handlers->kind != NodeKind::list) return wrong(*handlers, "\"hooks\" in \"" + event_ + "\" is not a list");
    for (const Node& one : handlers->items) handler(one);
  }

  void handler(const Node& one) {
    if (one.kind != NodeKind::map) return wrong(one, "a hook of \"" + event_ + "\" is not an object");
    of_kind(one, "type", NodeKind::string, "a text");
    of_kind(one, "command", NodeKind::string, "a text");
    of_kind(one, "timeout", NodeKind::number, "a number");
    const Node* const command = one.find("command");
    calls_us_ = calls_us_ || (command != nullptr && command->text.find(our_name) != std::string::npos);
  }

  void of_kind(const Node& object, std::string_view key, NodeKind kind, const char* what) {
    const Node* const value = object.find(key);
    if (value != nullptr && value->kind != kind)
      wrong(*value, "\"" + std::string(key) + "\" in \"" + event_ + "\" is not " + what);
  }

  const Dialect& client_;
  std::vector<HookFileFault> found_;
  std::string event_;
  bool calls_us_ = false;
};

}  // namespace

std::vector<HookFileFault> hook_file_faults(const Dialect& client, std::string_view text) {
  return Reader(client).read(text);
}

std::vector<HookPlace> hook_files_of_project(const Dialect& client, const std::string& directory) {
  std::vector<HookPlace> files;
  for (const std::string_view name : {client.settings.project_local_file, client.settings.project_file})
    if (name.ends_with(".json")) files.push_back({&client, files::join(directory, name)});
  return files;
}

}  // namespace cascade::client
