// Rows about the files of a client other than Claude Code, by which `validate` judges them.
#pragma once

#include "client/facts/fact.h"

namespace cascade::client {

// key: a key of a manifest's front matter or TOML file. `kind`: agent, command or skill. `required`: without it the
// client drops the manifest. `values`: the only words it may be.
struct ManifestKey {
  std::string_view name, kind;
  ValueType type = ValueType::any;
  bool required = false;
  Span<std::string_view> values{};
};

// hook_file: where a project's hooks are, `*` for any name. nested: an event has groups with handlers; flat: handlers.
enum class HookShape : std::uint8_t { nested, flat };
struct HookFile {
  std::string_view path;
  HookShape shape = HookShape::nested;
  bool milliseconds = false;      // of `timeout`
  bool comments = false;          // the file may hold comments
  std::string_view seconds = {};  // another name of `timeout`, if the client has one
};

// strict: the kinds of manifests that the client drops for one unknown key. drops: keys whose value drops the manifest
// if it has another type than the row says.

}  // namespace cascade::client
