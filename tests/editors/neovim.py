"""Neovim as the tests use it."""

import json
from pathlib import Path

from editors.editor import Editor, Json, Shown


class Neovim(Editor):
    """Neovim, asked through its socket."""

    def __init__(self, program: str, home: Path) -> None:
        self.program = program
        self.socket = home / "socket"
        super().__init__(home, [program, "--headless", "--listen", self.socket])

    def prepare(self) -> None:
        self.until((0, "1"), lambda: self._evaluate("1"))
        # A user's finger on the menu of code actions.
        self.ask("""
            vim.ui.select = function(items, options, choose)
              menu = vim.tbl_map(options.format_item, items)
              for index, title in ipairs(menu) do
                if title == wanted then return choose(items[index], index) end
              end
            end
        """)

    def ask(self, code: str, **values: str) -> Json:
        given = "".join(
            f"local {name} = vim.json.decode({_long(json.dumps(value))})\n" for name, value in values.items()
        )
        lua = f"vim.json.encode((function()\n{given}{code}\nend)() or vim.NIL)".replace("'", "''")
        status, answer = self._evaluate(f"luaeval('{lua}')")
        assert status == 0, f"{code}\n{answer}\n{self.story()}"
        return json.loads(answer)

    def _evaluate(self, expression: str) -> tuple[int, str]:
        return self._run(self.program, "--server", self.socket, "--remote-expr", expression)

    def open(self, path: Path) -> None:
        self.ask("vim.cmd('edit ' .. vim.fn.fnameescape(path))", path=str(path))

    def shown(self) -> list[Shown]:
        found = self.ask("""
            return vim.tbl_map(function(item)
              local place = { item.lnum, item.col, item.end_lnum, item.end_col }
              -- Until the diagnostics have followed an edit, it may lie behind the text.
              local ok, lines = pcall(vim.api.nvim_buf_get_text, 0, place[1], place[2], place[3], place[4], {})
              local text = ok and table.concat(lines, '\\n') or ''
              return { item.lnum + 1, text, vim.diagnostic.severity[item.severity], item.message }
            end, vim.diagnostic.get(0))
        """)
        return sorted(Shown(line, text, severity.lower(), message) for line, text, severity, message in found)

    def type(self, before: str, text: str) -> None:
        self._go(before)
        self.ask("vim.api.nvim_input('i' .. text .. '<Esc>')", text=text)

    def choose(self, place: str, title: str) -> list[str]:
        self._go(place)
        self.ask("menu, wanted = nil, title\nvim.lsp.buf.code_action()", title=title)
        self.until(True, lambda: self.ask("return menu ~= nil"))
        titles: list[str] = self.ask("return menu")
        return titles

    def hover(self, place: str) -> None:
        self._go(place)
        self.ask("vim.lsp.buf.hover()")

    def hovered(self) -> str:
        text: str = self.ask("""
            for _, window in ipairs(vim.api.nvim_list_wins()) do
              if vim.api.nvim_win_get_config(window).relative ~= '' then
                return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), '\\n')
              end
            end
            return ''
        """)
        return text

    def symbols(self) -> list[str]:
        self.ask("vim.fn.setloclist(0, {})\nvim.fn.setqflist({})\nvim.lsp.buf.document_symbol()")
        listed = "vim.list_extend(vim.fn.getqflist(), vim.fn.getloclist(0))"
        self.until(True, lambda: self.ask(f"return #{listed} > 0"))
        names: list[str] = self.ask(f"return vim.tbl_map(function(item) return item.text end, {listed})")
        self.ask("vim.cmd('cclose | lclose')")
        return names

    def hints(self) -> list[tuple[int, str]]:
        """Return the inlay hints with their lines, counted from one; none where they are switched off."""
        hints = self.ask("""
            if not vim.lsp.inlay_hint.is_enabled({ bufnr = 0 }) then return {} end
            return vim.tbl_map(function(item)
              return { item.inlay_hint.position.line + 1, item.inlay_hint.label }
            end, vim.lsp.inlay_hint.get({ bufnr = 0 }))
        """)
        return [(line, label) for line, label in hints]

    def beside(self) -> list[tuple[int, str]]:
        """Return the virtual text beside each line; lines are counted from 1."""
        marks = self.ask("""
            local found = {}
            local kind = { details = true, type = 'virt_text' }
            for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, -1, 0, -1, kind)) do
              if mark[4].virt_text_pos == 'eol' then
                local pieces = vim.tbl_map(function(piece) return piece[1] end, mark[4].virt_text)
                table.insert(found, { mark[2] + 1, vim.trim(table.concat(pieces)) })
              end
            end
            return found
        """)
        return [(line, text) for line, text in marks]

    def status(self) -> str:
        line: str = self.ask("return vim.api.nvim_eval_statusline(vim.o.statusline, {}).str")
        return line

    def text(self) -> str:
        text: str = self.ask("return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\\n') .. '\\n'")
        return text

    def save(self) -> None:
        self.ask("vim.cmd('silent write')")

    def complaints(self) -> str:
        messages: str = self.ask("return vim.fn.execute('messages')")
        return messages

    def quit(self) -> None:
        self.ask("vim.api.nvim_input(':qall<CR>')")

    def _go(self, place: str) -> None:
        self.ask("vim.fn.cursor(1, 1)\nassert(vim.fn.search('\\\\V' .. place, 'c') > 0)", place=place)


def _long(text: str) -> str:
    """Return a text as Lua writes it where nothing needs escaping."""
    return f"[=[{text}]=]"
