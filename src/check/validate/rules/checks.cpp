#include "validate/rules/checks.h"

#include <iterator>

namespace cascade::validation {
namespace {

// By the keys, tools and places of Claude Code alone.
constexpr FileCheck of_usual_files[] = {
    check_required_fields, check_known_fields,     check_field_types, check_field_values, check_implicit_types,
    check_names,           check_places,           check_chains,      check_skill_hooks,  check_tool_lists,
    check_tool_servers,    check_permission_modes, check_subagents,   check_hook_scripts, check_withheld_tools,
};

constexpr FileCheck of_files[] = {
    check_other_manifests,
    check_nearly_read,
    check_settings,
    check_instructions,
    check_encoding,
    check_json_syntax,
    check_descriptions,
    check_hook_entries,
    check_hook_matchers,
    check_mcp_servers,
    check_plugin,
    check_marketplace,
    check_sections,
    check_memory_size,
    check_links,
    check_bundled_files,
    check_personal_paths,
    check_hidden_characters,
    check_confusables,
    check_padding,
    check_opaque_files,
    check_secrets,
    check_prompt_injection,
    check_hidden_instructions,
    check_remote_execution,
    check_encoded_payloads,
    check_exfiltration,
    check_destructive_commands,
    check_settings_tampering,
    check_argument_injection,
    check_forged_marks,
    check_control_characters,
    check_authority,
    check_acts,
    check_modules,
};

constexpr TreeCheck of_tree[] = {
    check_duplicate_names, check_collisions,  check_cycles,  check_passed_over,
    check_reachability,    check_slash_names, check_budgets, check_duplicate_descriptions,
    check_boilerplate,
};

}  // namespace

Span<FileCheck> file_checks() noexcept { return {of_files, std::size(of_files)}; }
Span<FileCheck> usual_file_checks() noexcept { return {of_usual_files, std::size(of_usual_files)}; }
Span<TreeCheck> tree_checks() noexcept { return {of_tree, std::size(of_tree)}; }

}  // namespace cascade::validation
