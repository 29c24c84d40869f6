// Writes cascade.show/1 (docs/formats/show.md): everything the registry knows about one manifest, with the places of
// its references in both directions.
#include "render/show_json.h"

#include "render/parts.h"
#include "render/playbook.h"

namespace cascade::rendering {
namespace {

void put_head(syntax::JsonWriter& json, const Registry& registry, const CardFacts& facts) {
  const ManifestView& manifest = facts.manifest;
  put_manifest(json, manifest);
  json.key("plugin").string(manifest.plugin);
  json.key("description").string(manifest.description);
  json.key("document").boolean(manifest.document);
  put_cost(json, manifest.body);
  json.key("aliases").array(registry.aliases(manifest.id));
  json.key("tools").array(registry.tools(manifest.id), [&](const ToolName& tool) { json.string(to_string(tool)); });
  json.key("conflicts").array(registry.conflicts(manifest.id), [&](ManifestId other) {
    json.string(plain_id_of(registry[other]));
  });
  json.key("requires_any").array(registry.requires_any(manifest.id), [&](Span<ManifestId> any) {
    json.array(any, [&](ManifestId member) { json.string(plain_id_of(registry[member])); });
  });
}

void put_shadowing(syntax::JsonWriter& json, const Registry& registry, ManifestId id, const Roots& roots) {
  const auto put_place = [&](ManifestId other) {
    json.begin_object();
    json.key("scope").string(to_string(registry[other].scope));
    json.key("path").string(registry[other].path);
    json.key("root").string(roots.path_of(registry[other]));
    json.end_object();
  };
  json.key("shadowed_by");
  if (const auto winner = registry.shadowed_in_favour_of(id)) {
    put_place(*winner);
  } else {
    json.null();
  }
  json.key("shadows").begin_array();
  for (const ManifestId other : registry.shadowed_by(id)) put_place(other);
  json.end_array();
}

void put_sections(syntax::JsonWriter& json, const Registry& registry, const CardFacts& facts) {
  json.key("sections").objects(facts.sections, [&](const SectionLines& lines) {
    const SectionView section = registry.section(facts.manifest.id, lines.index);
    json.key("section").number(lines.index);
    json.key("form").string(to_string(section.form));
    json.key("heading").string(section.heading);
    json.key("path").string(section.path);
    json.key("level").number(section.level);
    json.key("line").number(section.line);
    json.key("offset").number(section.offset);
    json.key("length").number(section.length);
    put_cost(json, section.cost);
    put_hash(json, "content_hash", section.content_hash);
    json.key("shorter").objects(facts.shorter[lines.index], [&](std::uint32_t form) {
      const SectionView shorter = registry.section(facts.manifest.id, form);
      json.key("form").string(to_string(shorter.form));
      put_cost(json, shorter.cost);
    });
  });
}

void put_files(syntax::JsonWriter& json, const std::vector<bundle::ListedFile>& files) {
  json.key("linked_files").objects(files, [&](const bundle::ListedFile& listed) {
    json.key("path").string(listed.file.path);
    json.key("place").string(listed.place);
    json.key("purpose").string(listed.purpose);
    put_cost(json, listed.file.cost);
  });
}

// "references" lead to known manifests, "unbound" to none or to several, and "referenced_by" lead here.
void put_references(syntax::JsonWriter& json, const Registry& registry, const CardFacts& facts) {
  json.key("references").objects(facts.out, [&](const Link& link) {
    json.key("line").number(link.line);
    json.key("column").number(link.column);
    json.key("strength").string(to_string(link.strength));
    json.key("via").string(to_string(link.via));
    json.key("target").string(plain_id_of(registry[link.to]));
    json.key("target_path").string(registry[link.to].path);
  });
  json.key("unbound").objects(facts.unbound, [&](const Unbound& unbound) {
    json.key("line").number(unbound.reference.at.line);
    json.key("column").number(unbound.reference.at.column);
    json.key("strength").string(to_string(unbound.reference.strength));
    json.key("via").string(to_string(unbound.reference.via));
    json.key("target").string(to_string(unbound.reference.target));
    json.key("ambiguous").boolean(unbound.ambiguous);
    json.key("nearby").array(unbound.nearby, [&](const Symbol& near) { json.string(to_string(near)); });
  });
  json.key("referenced_by").objects(facts.in, [&](const Link& link) {
    json.key("from").string(plain_id_of(registry[link.from]));
    put_call(json, registry, link);
  });
}

}  // namespace

std::string show_json(const Registry& registry, const CardFacts& facts, const std::vector<bundle::ListedFile>& files,
                      const Roots& roots) {
  syntax::JsonWriter json = document("cascade.show/1");
  put_head(json, registry, facts);
  put_shadowing(json, registry, facts.manifest.id, roots);
  if (const auto plan = playbook::plan_of(registry, facts.manifest.id)) {
    json.key("chain");
    put_chain(json, *plan);
  }
  put_sections(json, registry, facts);
  put_files(json, files);
  put_references(json, registry, facts);
  put_problems(json, "problems", facts.problems);
  return finish(json);
}

}  // namespace cascade::rendering
