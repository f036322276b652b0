-- report-ls for Neovim. docs/editors/neovim.md says where this file goes and how it is switched on.

--- Keep for status lines, in b:report_ls, how far the report is: "5/6 answered, 4 errors, 1 warning".
local function keep_status(_, status)
  local n_answered = 0
  for _, question in ipairs(status.questions) do
    if question.state ~= 'unanswered' then
      n_answered = n_answered + 1
    end
  end
  local parts = { ('%d/%d answered'):format(n_answered, #status.questions) }
  for _, severity in ipairs({ 'error', 'warning' }) do
    local n_found = status.counts[severity]
    if n_found > 0 then
      table.insert(parts, ('%d %s%s'):format(n_found, severity, n_found == 1 and '' or 's'))
    end
  end
  vim.b[vim.uri_to_bufnr(status.uri)].report_ls = table.concat(parts, ', ')
  vim.cmd('redrawstatus!')
end

return {
  cmd = { 'report-ls' },
  filetypes = { 'markdown' },
  root_markers = { '.git' },
  init_options = { status = true },
  handlers = { ['reportLs/status'] = keep_status },
  on_attach = function(client, buffer)
    -- Neovim 0.11 shows neither messages nor hints unless it is told to; older ones show what they can.
    if vim.fn.has('nvim-0.11') == 1 then
      vim.diagnostic.config({ virtual_text = true }, vim.lsp.diagnostic.get_namespace(client.id))
    end
    if vim.lsp.inlay_hint then
      vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
    end
  end,
}
