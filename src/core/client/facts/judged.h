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
  std::string_view seconds = {};  // another name of `timeout`, if the client has one
};

// settings_file: a file of a project with settings, in any folder. JSON or, by its ending, TOML.
// `servers`: the key of the MCP servers. `mark`: in a text, what stands before the path of a file that replaces it.
struct ProjectSettings {
  std::string_view path;
  bool comments = false, last_commas = false;  // of JSON: the client allows them
  std::string_view servers{}, mark{};
};

// setting: a key of these files, `*` for any name, `[]` for the items of a list. Of several rows all count.
struct Setting {
  std::string_view name;
  Span<std::string_view> types{};   // text, boolean, number, list, map; none: any
  Span<std::string_view> values{};  // the only words that a text may be
  bool file = false;                // a text that names a file
  // In a map: one of these keys must be there, and these must not; only with this key, or this key and value
  // ("type=local").
  Span<std::string_view> needs{}, excludes{};
  std::string_view where{};
};

// strict: the kinds of manifests that the client drops for one unknown key. drops: keys whose value drops the manifest
// if it has another type than the row says.

}  // namespace cascade::client
