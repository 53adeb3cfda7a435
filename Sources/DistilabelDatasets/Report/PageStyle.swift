/// The look of the page of statistics.
enum PageStyle {
    /// Inline CSS; light or dark as the reader's system is.
    static let css = """
        :root{color-scheme:light dark;--ground:#fff;--raised:#f6f7f9;--line:#dfe3e8;--text:#1c2430;--quiet:#5a6675;\
        --bar:#3b6fb6;--tail:#8fb0dc;--win:#2f8f6b;--tie:#b9a44c;--loss:#c25b56;--track:#e9edf2;--warn:#fff6df;--warnline:#e2c36b}
        @media(prefers-color-scheme:dark){:root{--ground:#14181f;--raised:#1c222b;--line:#323b47;--text:#e4e9f0;--quiet:#9aa7b6;\
        --bar:#6fa3e8;--tail:#46658f;--win:#4fb98f;--tie:#cdb65a;--loss:#dd7b75;--track:#252d38;--warn:#2d2717;--warnline:#7a6527}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:24px 20px 60px;max-width:1060px;background:var(--ground);color:var(--text);\
        font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
        h1{font-size:24px;margin:0 0 4px;overflow-wrap:anywhere}h2{font-size:20px;margin:36px 0 12px;padding-top:16px;border-top:1px solid var(--line)}
        h3{font-size:16px;margin:26px 0 10px}p{margin:6px 0}.quiet{color:var(--quiet)}
        .cards{display:flex;flex-wrap:wrap;gap:10px;margin:14px 0}
        .card{background:var(--raised);border:1px solid var(--line);border-radius:8px;padding:10px 16px;min-width:120px}
        .card b{display:block;font-size:20px;font-variant-numeric:tabular-nums}.card span{color:var(--quiet);font-size:13px}
        .hints{background:var(--warn);border:1px solid var(--warnline);border-radius:8px;padding:10px 16px 10px 34px;margin:14px 0}
        .hints li{overflow-wrap:anywhere}
        .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:14px}
        th,td{text-align:left;padding:5px 12px 5px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere;min-width:64px}td:first-child{min-width:170px}td:nth-child(2):not(.number){min-width:110px}
        th{color:var(--quiet);font-weight:600;white-space:nowrap}.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,430px),1fr));gap:14px}
        figure{margin:0;background:var(--raised);border:1px solid var(--line);border-radius:8px;padding:10px 12px}
        figcaption{font-size:14px;margin-bottom:4px;overflow-wrap:anywhere}figcaption span{color:var(--quiet)}
        svg{display:block;width:100%;height:auto}svg text{font:11px system-ui,sans-serif;fill:var(--quiet)}svg text.label{fill:var(--text);font-size:12px}
        .bar{fill:var(--bar)}.tail{fill:var(--tail)}.win{fill:var(--win)}.tie{fill:var(--tie)}.loss{fill:var(--loss)}
        .track{fill:var(--track)}.grid{stroke:var(--line);stroke-dasharray:3 3}.axis{stroke:var(--quiet)}
        .key i{display:inline-block;width:11px;height:11px;border-radius:2px;margin:0 5px 0 12px;vertical-align:-1px}
        .key .win{background:var(--win)}.key .tie{background:var(--tie)}.key .loss{background:var(--loss)}
        @media print{body{max-width:none}figure,.card,table{break-inside:avoid}}
        """
}
