#include <catch2/catch.hpp>

#include "prompt/parts.h"

#include <algorithm>
#include <iterator>

using namespace cascade;
using prompt::Mention;

namespace {

// The mentions of a few known names, each as "name", "-name" if it is refused, in the order of the text.
std::string mentions(std::string_view text) {
  const std::string only = prompt::only_said(text, prompt::read_parts(text));
  constexpr std::string_view names[] = {"memory-leak-hunt", "code-review", "deploy",
                                        "review",           "git:sync",    "release-notes"};
  std::string out;
  for (const Mention& mention : prompt::hear(only, [&](std::uint32_t hash) {
                                  return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) {
                                    return prompt::name_hash(name) == hash;
                                  });
                                }).mentions) {
    out += out.empty() ? "" : " ";
    out += mention.refused ? "-" : "";
    out += mention.mark == prompt::CallMark::slash ? "/" : mention.mark == prompt::CallMark::at ? "@" : "";
    out += text.substr(mention.begin, mention.end - mention.begin);
  }
  return out;
}

// "all": the text refuses every skill; "only": beside what it refuses it says nothing.
std::string refusals(std::string_view text) {
  constexpr std::string_view names[] = {"memory-leak-hunt", "deploy"};
  const prompt::Heard heard = prompt::hear(text, [&](std::uint32_t hash) {
    return std::any_of(std::begin(names), std::end(names),
                       [&](std::string_view name) { return prompt::name_hash(name) == hash; });
  });
  return heard.refuses_all ? "all" : heard.only_refuses ? "only" : "";
}

void check_refusals(std::string_view expected, const std::vector<std::string>& prompts) {
  for (const std::string& prompt : prompts) {
    INFO(prompt);
    CHECK(refusals(prompt) == expected);
  }
}

// Whether the text refuses this one name.
bool refuses(std::string_view text, std::string_view name) {
  const std::vector<Mention> found =
      prompt::hear(text, [&](std::uint32_t hash) { return !name.empty() && prompt::name_hash(name) == hash; }).mentions;
  return std::any_of(found.begin(), found.end(), [](const Mention& mention) { return mention.refused; });
}

void check(std::string_view expected, const std::vector<std::string>& prompts) {
  for (const std::string& prompt : prompts) {
    INFO(prompt);
    CHECK(mentions(prompt) == expected);
  }
}

}  // namespace

TEST_CASE("a mark calls any name") {
  check("/deploy", {"/deploy", "/deploy the shop", "please /deploy", "run (/deploy)", "first `/deploy`"});
  check("@deploy", {"@deploy", "hey @deploy, look at this"});
  check("/git:sync", {"/git:sync now"});
  check("", {"see src/deploy", "see /deploy/x", "bob@deploy", "/deploy-all", "/deployed", "https://x/deploy",
             "/deploy.md"});
}

TEST_CASE("a joined name needs only a word that calls it") {
  check("memory-leak-hunt",
        {"use memory-leak-hunt", "please use the memory-leak-hunt here", "run memory-leak-hunt",
         "with memory-leak-hunt, please", "use the skill memory-leak-hunt", "use the skill: memory-leak-hunt",
         "use the memory-leak-hunt skill", "can you use `memory-leak-hunt` for this?",
         "use the \"memory-leak-hunt\" skill", "skill: memory-leak-hunt", "if not, use memory-leak-hunt",
         "instead use memory-leak-hunt", "do not forget to use memory-leak-hunt", "memory-leak-hunt",
         "`memory-leak-hunt`", "memory-leak-hunt."});
  check("memory leak hunt", {"use memory leak hunt", "use the memory leak hunt skill"});
  check("", {"why does memory-leak-hunt fail?", "fix skills/memory-leak-hunt/SKILL.md", "use memory-leak-hunter",
             "the memory-leak-hunt skill is old", "use memory-leak-hunt.md", "a memory leak hunt",
             "use my-memory-leak-hunt"});
}

TEST_CASE("an ordinary word needs a mark or a word of kind") {
  check("deploy",
        {"use the deploy skill", "use the skill deploy", "run the deploy command", "skill: deploy", "deploy"});
  check("", {"use deploy keys", "please deploy it", "run deploy", "review this", "use review",
             "the deploy skill is old", "deploy it"});
}

TEST_CASE("names joined by a word are treated alike") {
  check("review deploy", {"use the review agent and the deploy skill"});
  check("memory-leak-hunt code-review", {"use memory-leak-hunt and code-review"});
  check("-memory-leak-hunt -code-review", {"don't use memory-leak-hunt or code-review"});
  check("-memory-leak-hunt code-review", {"don't use memory-leak-hunt, use code-review"});
  check("code-review -memory-leak-hunt",
        {"use code-review, not memory-leak-hunt", "use code-review instead of memory-leak-hunt"});
}

TEST_CASE("names are called in ten languages") {
  check("memory-leak-hunt", {"nutze bitte memory-leak-hunt", "verwende den Skill memory-leak-hunt",
                             "bitte den memory-leak-hunt Skill benutzen", "mit dem memory-leak-hunt-Skill bitte"});
  check(
      "memory-leak-hunt",
      {"utilise la skill memory-leak-hunt", "utilisez memory-leak-hunt s'il vous plaît",
       "avec la compétence memory-leak-hunt", "usa la habilidad memory-leak-hunt", "utiliza memory-leak-hunt por favor",
       "usa el skill memory-leak-hunt", "use a habilidade memory-leak-hunt", "usa la skill memory-leak-hunt",
       "utilizza memory-leak-hunt", "użyj skilla memory-leak-hunt", "Użyj memory-leak-hunt",
       "используй скилл memory-leak-hunt", "Используй memory-leak-hunt, пожалуйста", "запусти навык memory-leak-hunt"});
  check("memory-leak-hunt",
        {"使用memory-leak-hunt技能", "用memory-leak-hunt技能来找", "请用 memory-leak-hunt 这个技能",
         "调用memory-leak-hunt", "memory-leak-huntスキルを使って調べて", "memory-leak-hunt を使ってください",
         "memory-leak-huntスキルで調べて", "memory-leak-hunt 스킬을 사용해줘", "memory-leak-hunt스킬을 써서 고쳐줘",
         "memory-leak-hunt를 사용해서 찾아줘", "memory-leak-hunt 스킬로 고쳐줘"});
  check("deploy", {"den deploy-Skill benutzen", "utilise la compétence deploy", "usa el comando deploy",
                   "使用deploy技能", "deployスキルを使って", "deploy 스킬을 사용해줘", "используй навык deploy",
                   "użyj polecenia deploy", "usa il comando deploy", "use o comando deploy"});
}

TEST_CASE("names are refused in ten languages") {
  check(
      "-memory-leak-hunt",
      {"do not use memory-leak-hunt", "don\xE2\x80\x99t use the memory-leak-hunt skill", "without memory-leak-hunt",
       "no memory-leak-hunt please", "stop using the memory-leak-hunt skill", "drop `memory-leak-hunt`",
       "never ever load memory-leak-hunt again", "nutze memory-leak-hunt nicht",
       "benutze nicht den Skill memory-leak-hunt", "bitte memory-leak-hunt nicht benutzen",
       "den memory-leak-hunt-Skill bitte nicht verwenden", "ohne memory-leak-hunt", "verwende statt memory-leak-hunt"});
  check("-memory-leak-hunt",
        {"n'utilise pas memory-leak-hunt", "ne pas utiliser la skill memory-leak-hunt", "pas memory-leak-hunt",
         "sans la skill memory-leak-hunt", "no uses memory-leak-hunt", "no utilices la habilidad memory-leak-hunt",
         "sin memory-leak-hunt", "não use memory-leak-hunt", "sem a skill memory-leak-hunt",
         "non usare memory-leak-hunt", "senza memory-leak-hunt", "nie używaj memory-leak-hunt", "bez memory-leak-hunt",
         "не используй memory-leak-hunt", "без навыка memory-leak-hunt"});
  check("-memory-leak-hunt",
        {"不要用memory-leak-hunt技能", "别用memory-leak-hunt", "请不要使用 memory-leak-hunt",
         "memory-leak-huntは使わないで", "memory-leak-huntスキルを使わないでください", "memory-leak-huntなしで直して",
         "memory-leak-hunt 쓰지 마", "memory-leak-hunt 스킬은 사용하지 마세요", "memory-leak-hunt 없이 고쳐줘"});
  check("", {"do not deploy", "not review", "why not?"});
  check("memory-leak-hunt", {"why not use memory-leak-hunt?"});
}

TEST_CASE("what is quoted or pasted neither calls nor refuses") {
  check("", {"> use the deploy skill\n\nwhat is this?", "```\n/deploy\n```\nfix it",
             "he said \"do not use memory-leak-hunt\", why?", "the README says: use memory-leak-hunt",
             "2024-05-01 10:00:00 INFO use the memory-leak-hunt skill\nfix it"});
}

TEST_CASE("what rules a name out, and what does not") {
  for (const char* text :
       {"do not use release-notes", "don't use the release-notes skill please", "without /release-notes",
        "Not release-notes.", "please drop `release-notes`", "stop using the release-notes skill",
        "plan it instead of release-notes", "no release-notes here", "never load release-notes again"})
    CHECK((refuses(text, "release-notes") ? "" : text) == std::string());
  for (const char* text : {"use release-notes", "why does release-notes not work?", "do not write, use release-notes",
                           "there is no time; release-notes", "not-release-notes",
                           "the release-notes-draft is not done", "don't use the other one use release-notes"})
    CHECK((refuses(text, "release-notes") ? text : "") == std::string());
  CHECK_FALSE(refuses("do not review this yet", "review"));
  CHECK(refuses("do not use the review skill", "review"));
  CHECK(refuses("without /review", "review"));
}

TEST_CASE("a plain word is a name where it is called one, and one letter never is") {
  for (const char* text : {"do not use the skill review", "skip `review`", "ignore @review", "no review command",
                           "do not use the skill review:"})
    CHECK((refuses(text, "review") ? "" : text) == std::string());
  for (const char* text : {"do not use the skill previewer", "do not use the skill reviews", "skip the review of it",
                           "do not use the skill review:pr", "review skill", "the playbook review of today"})
    CHECK((refuses(text, "review") ? text : "") == std::string());
  CHECK(refuses("ask for review, do not use the review skill", "review"));
  CHECK_FALSE(refuses("do not use the skill r", "r"));
  CHECK(refuses("do not use the skill go", "go"));
}

TEST_CASE("as many as eight words stand between a no and its name") {
  CHECK(refuses("not the the the the the the the release-notes", "release-notes"));
  CHECK_FALSE(refuses("not the the the the the the the the release-notes", "release-notes"));
}

TEST_CASE("each word that says no refuses the name behind it") {
  for (const std::string no :
       {"not",    "no",   "don't",  "dont", "never", "without", "drop",   "unload", "forget",    "disable",
        "ignore", "skip", "remove", "stop", "avoid", "except",  "cannot", "can't",  "shouldn't", "won't"}) {
    INFO(no);
    CHECK(refuses(no + " code-review", "code-review"));
    CHECK(refuses("do it, " + no + " use the Code-Review skill", "code-review"));
    CHECK_FALSE(refuses(no, "code-review"));
    CHECK_FALSE(refuses("code-review " + no, "code-review"));
    CHECK_FALSE(refuses(no + "x code-review", "code-review"));
  }
  for (const char* text : {"instead of code-review", "instead of the code-review", "rather than code-review",
                           "don't use the code-review skill", "stop using your code-review command",
                           "i do not want you to run code-review", "not about code-review again",
                           "don't delegate this to the code-review agent", "not **code-review**", "not\ncode-review"})
    CHECK((refuses(text, "code-review") ? "" : text) == std::string());
  for (const char* text : {"instead code-review", "because of code-review", "not sure whether code-review",
                           "no tests, use code-review", "do not merge before code-review", "no, code-review",
                           "no. code-review", "not (code-review)", "no! code-review", "not code-reviews",
                           "not my-code-review", "not code-review_2", "not plugin:code-review", "not code-review:deep"})
    CHECK((refuses(text, "code-review") ? text : "") == std::string());
}

TEST_CASE("all names of a list are called, and all are refused") {
  check("memory-leak-hunt code-review",
        {"use memory-leak-hunt and code-review for the export", "use the memory-leak-hunt and code-review skills",
         "use memory-leak-hunt, and code-review"});
  check("deploy code-review", {"use the deploy and code-review skills", "nutze die Skills deploy und code-review",
                               "use skills deploy and code-review", "use deploy and code-review"});
  check("memory-leak-hunt code-review release-notes",
        {"use memory-leak-hunt, code-review and release-notes",
         "use the memory-leak-hunt, code-review, and release-notes skills"});
  check("-memory-leak-hunt -code-review", {"don't use memory-leak-hunt or code-review"});
  check("memory-leak-hunt", {"use the foobar skill and the memory-leak-hunt skill"});
  check("-memory-leak-hunt", {"don't use the foobar skill and the memory-leak-hunt skill"});
  check("memory-leak-hunt",
        {"use memory-leak-hunt, code-review is too slow", "use memory-leak-hunt and deploy the shop"});
}

TEST_CASE("every skill may be refused, in ten languages") {
  check_refusals("all", {"don't use any skills",
                         "don't use any skill, just write a Dockerfile",
                         "no skills please, fix it",
                         "write a Dockerfile without any skill",
                         "write a Dockerfile without using skills",
                         "please stop using skills for now",
                         "I want you to use no skills at all: write it",
                         "don't use any agents or skills",
                         "keine Skills benutzen, baue es",
                         "ohne Skills: baue es",
                         "baue es, ohne Skills zu benutzen",
                         "sans aucune compétence : écris le",
                         "n'utilise aucun skill pour l'écrire",
                         "sin ninguna habilidad, escribe eso",
                         "sem usar nenhuma skill, escreve isso",
                         "senza usare nessuna skill: scrivi",
                         "nie używaj żadnych skilli, napisz to",
                         "не используй никаких навыков, напиши",
                         "不要使用任何技能，写一个",
                         "スキルを使わないで書いて",
                         "스킬 쓰지 말고 해줘"});
  check_refusals(
      "", {"my team has no skills in Docker", "write a job ad, no skills required", "don't use skills that write files",
           "don't forget to use skills", "why don't you use any skills?", "write a resume without a skills section",
           "don't use the frobnicate skill, fix it", "use skills", "do not use the deploy skill, fix the shop"});
  CHECK(mentions("no skills except code-review") == "code-review");
}

TEST_CASE("skills are switched off, left out, or none are wanted for an occasion") {
  check_refusals("all", {"skills off", "Skills: off. Write a Dockerfile", "turn your skills off and write it",
                         "leave your skill library out of it", "leave your skills out of this one",
                         "disable the skills", "keep your skills out of this", "no skills for this one please",
                         "none of your skills, please", "write a Dockerfile, no skills on this one",
                         "write a Dockerfile but no skills this time", "for this task no skills please",
                         "don't use anything from your skill library", "don't use any skills from your library",
                         "I don't want any skills here: write it", "don't use the skills, write it"});
  check_refusals("all", {"Skills aus, bitte", "schalte deine Skills für diese Aufgabe aus", "lass deine Skills weg",
                         "lass deine Skill-Bibliothek aus dem Spiel", "nutze keine Skills aus deiner Bibliothek",
                         "schreib es, aber keine Skills diesmal", "ich will keine Skills, schreib es"});
  check_refusals("all", {"N'utilise aucune compétence de ta bibliothèque", "n'utilise pas tes compétences",
                         "désactive les compétences", "pas de compétences pour cette tâche",
                         "laisse ta bibliothèque de compétences de côté"});
  check_refusals("all", {"no uses ninguna habilidad de tu biblioteca", "desactiva las habilidades",
                         "deja tus habilidades fuera de esto", "não uses nenhuma habilidade da tua biblioteca",
                         "desliga as habilidades", "non usare nessuna competenza della tua libreria",
                         "lascia fuori la tua libreria di skill", "niente skill questa volta"});
  check_refusals("all", {"nie używaj umiejętności ze swojej biblioteki", "bez umiejętności tym razem",
                         "не используй навыки из своей библиотеки", "без навыков на этот раз", "关掉技能，写一个",
                         "这次不要用你的技能", "不要使用你技能库里的任何技能", "スキルをオフにして",
                         "今回はスキルなしで", "스킬 꺼줘", "스킬 라이브러리는 사용하지 마"});
  check_refusals("all", {"could you please use no skills for this?", "can you do this without your skills?",
                         "can you leave your skills out of this?", "kannst du bitte keine Skills benutzen?",
                         "peux-tu le faire sans tes compétences ?"});
  check_refusals("only", {"don't use memory-leak-hunt for this task"});
}

TEST_CASE("skills of people, of data and of the work are not the assistant's") {
  check_refusals("",
                 {"people with no skills in accounting must be able to use this form, build it",
                  "build a form for people without skills", "a candidate without skills still gets a mail, write it",
                  "ein Formular für Bewerber ohne Skills", "un formulaire pour les personnes sans compétences",
                  "un formulario para personas sin habilidades", "форма для людей без навыков"});
  check_refusals(
      "", {"turn off the skills section on my page", "add a toggle to switch skills off in the panel",
           "the game starts with all skills off", "skill on, skill off, compare", "set skills off in cascade.yaml",
           "the skills are off by one in the list", "leave the skill library in the repo out of the build",
           "leave the skills table out of the export", "remove all skills and projects from the form",
           "don't use skills from the core team", "n'utilise aucune compétence de la table users",
           "Skills aus der Datenbank laden", "quita las habilidades del formulario", "把技能从表单里去掉"});
  check_refusals("",
                 {"don't turn off your skills", "turn on the skills for this one", "use one of your skills for this",
                  "which skills are off?", "put it in the agents folder, not in skills", "no skills issue, fix it",
                  "change no skills, only the labels", "don't use memory-leak-hunt, fix the issue"});
}

TEST_CASE("a refusal and nothing else is told from one beside work") {
  check_refusals("only", {"don't use memory-leak-hunt", "stop using the memory-leak-hunt skill",
                          "no memory-leak-hunt please", "drop the memory-leak-hunt skill for the rest of this session",
                          "don't load memory-leak-hunt again in this conversation"});
  check_refusals("", {"fix it, but don't use memory-leak-hunt", "not memory-leak-hunt: the login test fails",
                      "use the deploy skill, not memory-leak-hunt", "hello"});
}

TEST_CASE("what was loaded is refused without its name by a clause that says nothing else") {
  const auto refuses_that = [](std::string_view text) {
    return prompt::hear(text, [](std::uint32_t) { return false; }).refuses_that;
  };
  for (const char* text : {"drop that skill", "stop using this skill", "don't use that skill any more, please",
                           "forget the skill", "drop that skill, just write it", "vergiss diesen Skill",
                           "ohne diesen Skill bitte", "could you drop this skill?", "turn that skill off"}) {
    CAPTURE(text);
    CHECK(refuses_that(text));
  }
  for (const char* text :
       {"use that skill", "drop the skill table", "remove that skill from the list", "don't stop using that skill",
        "don't use any skills", "is that skill any good?", "drop that table", "why not use that skill?",
        "don't use the skills, write it", "don't use a skill", "don't use the skill-library", "今回はスキルなしで"}) {
    CAPTURE(text);
    CHECK_FALSE(refuses_that(text));
  }
}
