// The secrets are made while the test runs: none of them stands in this file.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "secrets/find.h"

using cascade::secrets::redacted;

namespace {

constexpr const char* letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr const char* upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr const char* hex = "0123456789abcdef";

struct Maker {
  std::uint64_t state = 20'261'121;
  std::string some(const std::string& alphabet, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      state = state * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
      text += alphabet[(state >> 33) % alphabet.size()];
    }
    return text;
  }
};

struct Planted {
  std::string text, secret;
};

std::vector<Planted> planted() {
  Maker make;
  std::vector<Planted> all;
  const auto plant = [&](const std::string& before, const std::string& secret, const std::string& after) {
    all.push_back({before + secret + after, secret});
  };
  for (int round = 0; round < 3; ++round) {
    plant("pushes with ", "ghp" + std::string("_") + make.some(letters, 36), ".");
    plant("token ", std::string("github") + "_pat_" + make.some(letters, 22) + "_" + make.some(letters, 59),
          " expires");
    plant("uses ", std::string("gl") + "pat-" + make.some(letters, 20), " from the mirror");
    plant("key id ", "AK" + std::string("IA") + make.some(upper, 16), "");
    plant("with ", make.some(std::string(letters) + "+/", 40), " as the secret part");
    plant("maps: ", "AI" + std::string("za") + make.some(letters, 35), ", 2,500 calls");
    plant("posted by ", "xo" + std::string("xb-") + make.some(hex, 12) + "-" + make.some(letters, 24), "");
    plant("https://hooks.slack.com/services/T01234567/B01234567/", make.some(letters, 24), " in #x");
    plant("charges with ", "sk" + std::string("_live_") + make.some(letters, 24), " yearly");
    plant("mail: ", "S" + std::string("G.") + make.some(letters, 22) + "." + make.some(letters, 43), "");
    plant("registry ", "npm" + std::string("_") + make.some(letters, 36), " in CI");
    plant("wiki robot ", "pypi" + std::string("-AgEIcHlwaS5vcmc") + make.some(letters, 80), "");
    plant("vault ", "hv" + std::string("s.CAES") + make.some(letters, 40), "");
    plant("ops ", "dop" + std::string("_v1_") + make.some(hex, 64), "");
    plant("identity ", "AGE-" + std::string("SECRET-KEY-1") + make.some(upper, 58), "");
    plant("postgres://report:", make.some(letters, 18), "@pg.example:5432/main");
    plant("eyJhbGciOiJIUzI1NiJ9.eyJzdWIi", make.some(letters, 30) + "." + make.some(letters, 43), " lasts an hour");
    plant("with auth token ", make.some(hex, 32), " of the account");
    plant("-----BEGIN EC " + std::string("PRIVATE KEY-----\n"), make.some(letters, 64) + "\n" + make.some(letters, 20),
          "\n-----END EC PRIVATE KEY-----");
    plant("the password is ", make.some(letters, 6) + "7!" + make.some(letters, 4), " for now");
  }
  return all;
}

}  // namespace

TEST_CASE("60 planted secrets of 20 kinds: none is left, and what stands around them stays") {
  const std::vector<Planted> all = planted();
  REQUIRE(all.size() == 60);
  for (const Planted& one : all) {
    const auto without = redacted(one.text);
    INFO(one.text << " -> " << without.text);
    CHECK_FALSE(without.kinds.empty());
    for (std::size_t at = 0; at + 12 <= one.secret.size(); ++at)
      if (one.secret.find('-', at) >= at + 12) CHECK(without.text.find(one.secret.substr(at, 12)) == std::string::npos);
    CHECK(without.text.find(one.secret) == std::string::npos);
    CHECK(without.text.find("[secret removed: ") != std::string::npos);
  }
}

TEST_CASE("secrets of today's services, of commands and of other languages are found") {
  Maker make;
  const std::vector<Planted> all = {
      {"maps: AQ." + std::string("Ab8"), make.some(letters, 45)},
      {"tenant: x1Z8", "Q" + std::string("~") + make.some(letters, 34)},
      {"SECRET_KEY = 'django-" + std::string("insecure-"),
       make.some(letters, 20) + "!*i9&=%q(" + make.some(letters, 20)},
      {"mysql -u root -p", make.some(letters, 10) + "7!"},
      {"curl -u deploy:", make.some(letters, 9) + "42"},
      {"the PIN of the safe is ", "859286"},
      {"das Kennwort lautet ", "Regen#Tonne7"},
      {"la contraseña es ", "Luna!verde88"},
      {"mot de passe : ", "Pluie+Toit42"},
      {"the password for the box is ", "correct-horse-battery"},
      {"SECRET_KEY_BASE=", make.some(hex, 64)},
      {"AAAAx1b2c3d:APA" + std::string("91b"), make.some(letters, 134)},
      {"traces to lsv2" + std::string("_pt_"), make.some(hex, 32) + "_" + make.some(hex, 10)},
  };
  for (const Planted& one : all) {
    const auto without = redacted(one.text + one.secret);
    INFO(one.text << one.secret << " -> " << without.text);
    CHECK(without.text.find(one.secret) == std::string::npos);
    CHECK(without.text.find("[secret removed: ") != std::string::npos);
  }
}

TEST_CASE("what only resembles a secret stays") {
  for (const char* const text :
       {"Secrets are sealed with sops and age in ops/secrets",
        "The password policy asks for 12 characters",
        "commit 4f2a9c1b7d8e6f5a3b2c1d0e9f8a7b6c5d4e3f2a broke it",
        "use node-linker=hoisted and pnpm-lock.yaml",
        "https://go.example/t/<code>",
        "the token expires after 30 days",
        "ssh://git@host.example/app.git",
        "FooBarBazQuxFactoryBeanConfiguration is generated",
        "decode_sentence_fuzz_regression_test_2024 is flaky",
        "the image is registry.example/team/app:2025.07.3-alpine",
        "set PASSWORD_MIN_LENGTH=12",
        "trace id 4bf92f3577b34da6a3ce929d0e0e4736 in the log",
        "see ADR-0042-use-postgres-for-jobs.md",
        "tests/fixtures/AccountStatementParserTest2024Q3.java",
        "class HttpClientRetryPolicyFactoryBeanConfigurationV2",
        "https://git.example/a/b/blob/4f2a9c1b7d8e6f5a3b2c1d0e9f8a7b6c5d4e3f2a/src/Main.java#L42",
        "the pin on 3.9.2 is lifted",
        "docker run -u 1000:1000 app",
        "GPIO pin 13 is the lamp",
        "the etag is 4f2a9c1b7d8e6f5a3b2c1d0e9f8a7b6c"}) {
    INFO(text);
    CHECK(redacted(text).text == text);
  }
}

TEST_CASE("hexadecimal digits and UUIDs are ids, unless they are called a secret") {
  Maker make;
  for (int round = 0; round < 20; ++round) {
    const std::string uuid = make.some(hex, 8) + "-" + make.some(hex, 4) + "-" + make.some(hex, 4) + "-" +
                             make.some(hex, 4) + "-" + make.some(hex, 12);
    for (const std::string& id : {uuid, make.some(hex, 32), make.some(hex, 40), make.some(hex, 64)}) {
      for (const std::string before : {"the order ", "summary of a conversation, ", "the bad run was ", "see "}) {
        INFO(before << id);
        CHECK(redacted(before + id + " in May").text == before + id + " in May");
      }
      for (const std::string before : {"the API key is ", "token ", "password: ", "with the secret ", "Bearer "}) {
        INFO(before << id);
        CHECK(redacted(before + id).text.find(id) == std::string::npos);
      }
    }
  }
}

TEST_CASE("what somebody says is no secret stays, except what its issuer marks") {
  Maker make;
  const std::string token = "ghp" + std::string("_") + make.some(letters, 36), word = make.some(letters, 32);
  CHECK(cascade::secrets::redacted_certain("the build id is " + word).text == "the build id is " + word);
  CHECK(cascade::secrets::redacted_certain("pushes with " + token).text.find(token) == std::string::npos);
}

TEST_CASE("passwords of ordinary words are found in plain speech") {
  for (const char* const text :
       {"the wifi password is sunflower",
        "The guest wifi password is \"mooncake\".",
        "passphrase: correct horse battery staple",
        "the passphrase is orange window gravel teapot",
        "Passphrase for the backup disk: velvet anchor marble lantern",
        "das WLAN-Passwort ist Sonnenblume",
        "das Kennwort lautet Regentonne, bitte nicht weitergeben",
        "le mot de passe est tournesol",
        "la contraseña es girasol",
        "wachtwoord: zonnebloem",
        "the password for the staging box is swordfish",
        "password for the printer: papercut",
        "set the password to sunflower",
        "the password was changed to daisychain on Monday",
        "password=hunter",
        "pwd: letmein",
        "log in with user bob and password sunflower",
        "sunflower is the wifi password",
        "use `sunflower` as the password",
        "the wifi password (guests) is sunflower",
        "wifi password: SunFlower",
        "The door code is opensesame.",
        "seed phrase: legal winner thank year wave sausage worth useful legal winner thank yellow",
        "recovery phrase is abandon ability able about above absent absorb abstract",
        "Passwort: Sommerregen",
        "our password is now bluebird and the router is in the hall",
        "the database password is tigerlily for now",
        "пароль: подсолнух",
        "密码是 sunflower",
        "パスワードは himawari",
        "Password is kestrel!",
        "My password is 'bumblebee'.",
        "password - no; the wifi password is bumblebee until Friday",
        "admin password: correcthorse",
        "password: correct horse battery staple",
        "the password is velvet anchor marble lantern.",
        "office wifi \"harbour\", password sunflower? no: user guest password sunflower",
        "Swordfish is our staging password.",
        "Wifi: harbour, Passwort: leuchtturm"}) {
    const auto without = redacted(text);
    INFO(text << " -> " << without.text);
    REQUIRE_FALSE(without.kinds.empty());
    CHECK(without.kinds.front() == "password");
  }
  CHECK(redacted("the wifi password is sunflower, ask Ada").text ==
        "the wifi password is [secret removed: password], ask Ada");
  CHECK(redacted("passphrase: velvet anchor marble lantern").text == "passphrase: [secret removed: password]");
}

TEST_CASE("what is said about passwords stays") {
  for (const char* const text : {"the password is required",
                                 "the password is stored in the vault",
                                 "the password is rotated every month",
                                 "passphrase is kept in the safe",
                                 "The password policy asks for 12 characters",
                                 "password: string",
                                 "password: str = None",
                                 "Password is hashed with argon2",
                                 "password reset is broken",
                                 "the password is wrong",
                                 "reset the password to continue",
                                 "password is in 1Password",
                                 "the password is the same as on staging",
                                 "passwords are hashed",
                                 "the password field is empty",
                                 "password is optional for guests",
                                 "the passphrase is not needed any more",
                                 "passphrase: see the vault",
                                 "the password is shared by the team",
                                 "das Passwort ist abgelaufen",
                                 "das Passwort ist im Tresor hinterlegt",
                                 "login uses passwordless links",
                                 "\"password is checked by the server\"",
                                 "change the password to something safe",
                                 "We set password rules in the realm",
                                 "this is the password page",
                                 "here is the password policy",
                                 "pass the token to the server",
                                 "password_hash: bcrypt",
                                 "The admin password is generated by Terraform",
                                 "password expires after ninety days",
                                 "the password manager is Bitwarden",
                                 "Password: required, at least 12 characters",
                                 "password hashing is argon",
                                 "The passphrase is asked at boot",
                                 "the wifi password is on the fridge",
                                 "the wifi password hangs on the wall",
                                 "Passwords are never written to logs",
                                 "the password is checked against haveibeenpwned",
                                 "the password should be longer than twelve characters",
                                 "password is a column of users",
                                 "the password is entropy checked",
                                 "user and password come from Vault",
                                 "with user and password authentication",
                                 "The default password is printed on the label",
                                 "password: Optional[str]",
                                 "password: SecretStr",
                                 "password=password",
                                 "the password is typed into KeePass once",
                                 "the passphrase is known to Ada and Ben",
                                 "the password is rotated monthly by a Terraform job",
                                 "password rotation is monthly",
                                 "Never put a password in a URL",
                                 "wifi password policy: ask the office",
                                 "The login page has a password field and a button",
                                 "The passphrase must have four words",
                                 "mnemonic names for branches are fine",
                                 "use a passphrase, not a password",
                                 "hunter is the name of the dog",
                                 "the password hash is bcrypt",
                                 "token is required",
                                 "secret: kept in vault",
                                 "Use Keycloak as the password store",
                                 "this is our password rule",
                                 "Bitwarden is our password manager"}) {
    INFO(text);
    CHECK(redacted(text).text == text);
  }
}

TEST_CASE("where a secret is kept is none") {
  for (const char* const text : {"token=$GITHUB_TOKEN",
                                 "token: ${{ secrets.GITHUB_TOKEN }}",
                                 "password = os.environ[\"DB_PASSWORD_2\"]",
                                 "PASSWORD=os.environ['PGPASS9']",
                                 "api_key=process.env.API_KEY2",
                                 "password: ${DB_PASSWORD}",
                                 "Authorization: Bearer $TOKEN",
                                 "token={{ vault_token_2 }}",
                                 "password: <your-password1>",
                                 "postgres://user:$PGPASS@db/x",
                                 "postgres://user:${PGPASS1}@db/x",
                                 "curl -u admin:$PASS1",
                                 "secret: op://vault/item/field2",
                                 "password: ENV['DB_PASS1']",
                                 "password=System.getenv(\"DB_PASS1\")",
                                 "password: !vault x9",
                                 "password=$(cat /run/secrets/db1)",
                                 "token: %TOKEN_1%",
                                 "$env:TOKEN1 holds the token",
                                 "token = env(\"TOKEN1\")",
                                 "TOKEN=`pass show x1`",
                                 "password: {{ .Values.password1 }}",
                                 "password=args.password"}) {
    INFO(text);
    CHECK(redacted(text).text == text);
  }
  CHECK_FALSE(redacted("password: $ecret42!x").kinds.empty());
}

TEST_CASE("a short mark before letters alone is a token where no word is as long") {
  Maker make;
  const std::string only_letters = std::string(letters).substr(0, 52);
  for (const std::string mark : {"hf_", "re_", "sk-", "r8_"}) {
    const std::string token = mark + make.some(only_letters, 34);
    INFO(token);
    CHECK(redacted("the model needs " + token + " to load").text.find(token) == std::string::npos);
  }
  CHECK(redacted("hf_hub_download and re_compile_all_the_patterns_of_the_scanner").kinds.empty());
}

TEST_CASE("a password of letters alone is found in a command line and where it is assigned") {
  for (const char* line : {"curl -u admin:¦ https://x.example/api",
                           "curl -uadmin:¦ https://x.example",
                           "curl --user 'admin:¦' https://x.example",
                           "PGPASSWORD=¦ psql -h db",
                           "MYSQL_PWD=¦ mysql -u root",
                           "pw=¦",
                           "pass: ¦",
                           "la clave es ¦",
                           "login: admin / ¦",
                           "mysql -u root -p¦ app",
                           "mysql --password=¦ app",
                           "sshpass -p ¦ ssh host",
                           "docker login -u bob -p ¦ registry.example",
                           "wget --http-user=bob --http-password=¦ https://x.example",
                           "http -a bob:¦ https://x.example",
                           "redis-cli -a ¦ ping",
                           "psql postgres://bob:¦@db/app",
                           "ldapsearch -D cn=admin -w ¦",
                           "export DB_PASS=¦",
                           "SECRET=¦ make deploy",
                           "user: bob pass: ¦",
                           "gpg --passphrase ¦ -d x.gpg",
                           "openssl enc -aes256 -pass pass:¦",
                           "smbclient //srv/x -U bob%¦",
                           "mongo -u bob -p ¦",
                           "/usr/bin/sshpass -p ¦ ssh host"}) {
    std::string text = line;
    text.replace(text.find("¦"), 2, "butterblume");
    INFO(text);
    CHECK(redacted(text).text.find("butterblume") == std::string::npos);
  }
  for (const char* line : {"all tests pass: seventeen",
                           "curl -u user:password https://x",
                           "curl -u $USER:$PASS https://x",
                           "mysql -u root -p app",
                           "la clave es entender el problema",
                           "login: email / password",
                           "docker run -p 8080:80 nginx",
                           "docker login -u bob --password-stdin",
                           "zip -r out.zip src",
                           "set PASS=true",
                           "pass: required",
                           "secret=false",
                           "openssl rsa -passin env:KEY -in x",
                           "gpg --passphrase-file f -d x",
                           "7z x archive.7z -ooutput",
                           "sshpass -e ssh host",
                           "redis-cli -p 6379 ping",
                           "first pass: lexing, second pass: parsing",
                           "mysqldump -u root -p\"$DB_PASS\" app",
                           "wget --password=<password> https://x",
                           "account: savings / checking",
                           "login: GitHub / GitLab",
                           "curl --user deploy https://x",
                           "the pass: narrow and steep",
                           "mkdir -p build/output && cp a b"}) {
    INFO(line);
    CHECK(redacted(line).text == line);
  }
}
