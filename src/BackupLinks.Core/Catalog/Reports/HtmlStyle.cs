using System;
using System.Security.Cryptography;
using System.Text;

namespace BackupLinks.Catalog.Reports;

/// <summary>
/// The style of a page. The colours are those of Okabe and Ito, which people of every colour vision tell apart.
/// </summary>
internal static class HtmlStyle
{
    /// <summary>The style sheet.</summary>
    public const string Text = """
        :root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#59616b;--line:#d5dae0;--link:#00558a;
        --ok:#0072b2;--on-ok:#fff;--warn:#e69f00;--on-warn:#000;--bad:#d55e00;--on-bad:#fff;
        --quiet:#6b737d;--on-quiet:#fff}
        @media (prefers-color-scheme:dark){:root{--paper:#14171a;--ink:#e9ecef;--soft:#aab2bc;--line:#363c44;
        --link:#8ecdf2;--ok:#56b4e9;--on-ok:#000;--warn:#f0b429;--on-warn:#000;--bad:#ff8a3d;--on-bad:#000;
        --quiet:#8b949f;--on-quiet:#000}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:1rem;max-width:100rem;background:var(--paper);color:var(--ink);
        font:1rem/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
        h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:1.6rem 0 .5rem}
        p{margin:.3rem 0}a{color:var(--link)}ul{margin:0;padding:0;list-style:none}
        .soft{color:var(--soft);font-size:.875rem}
        .symbols{position:absolute;width:0;height:0}
        svg.ok,svg.warn,svg.bad,svg.quiet,svg.none{width:1.25rem;height:1.25rem;border-radius:.25rem;
        vertical-align:-.3rem;fill:none;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;flex:none;
        -webkit-print-color-adjust:exact;print-color-adjust:exact}
        svg.ok{background:var(--ok);stroke:var(--on-ok)}svg.warn{background:var(--warn);stroke:var(--on-warn)}
        svg.bad{background:var(--bad);stroke:var(--on-bad)}svg.quiet{background:var(--quiet);stroke:var(--on-quiet)}
        svg.none{stroke:var(--soft)}
        .counts,.legend{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;margin:.7rem 0}
        .trouble>li{border-left:.3rem solid var(--bad);padding:.1rem 0 .1rem .7rem;margin:.6rem 0}
        .trouble>li.doubt{border-color:var(--warn)}
        .trouble ul{list-style:disc;padding-left:1.2rem}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%}
        caption{text-align:left;padding:.2rem 0 .5rem}
        th,td{text-align:left;vertical-align:top;padding:.4rem .5rem;border-bottom:1px solid var(--line);
        font-weight:400}
        thead th{font-size:.875rem;color:var(--soft);vertical-align:bottom}
        tbody th b{font-weight:600}tbody th{min-width:11rem}
        td.state,td.when,td.size{white-space:nowrap}
        .day{padding:.4rem .08rem;text-align:center;width:1.4rem;white-space:nowrap}
        .month{display:block;width:0;overflow:visible}
        td.day .number{display:none}
        .hidden{position:absolute;width:1px;height:1px;margin:-1px;padding:0;overflow:hidden;clip-path:inset(50%);
        white-space:nowrap;border:0}
        td{position:relative}
        svg.sizes{display:block;width:6rem;height:1.6rem;margin-top:.2rem;overflow:visible;
        fill:none;stroke:var(--link);stroke-width:1.5;stroke-linejoin:round}
        svg.sizes circle{fill:var(--link);stroke:none}
        details summary{cursor:pointer}
        :focus-visible{outline:.15rem solid var(--link);outline-offset:.15rem}
        @media (max-width:60rem){
        table,caption,tbody,tr,tbody th,tbody td{display:block;border:0;padding:0}thead{display:none}
        tbody tr{border:1px solid var(--line);border-radius:.4rem;padding:.7rem;margin:.7rem 0}
        td.state,td.when,td.size{margin:.35rem 0;white-space:normal}
        td.when::before,td.size::before{content:attr(data-label) ": ";color:var(--soft);font-size:.875rem}
        td.day{display:inline-block;width:1.9rem;padding:.15rem 0}
        td.day .number{display:block;font-size:.75rem;line-height:1.1;color:var(--soft)}
        .scroll{overflow:visible}}
        @page{size:landscape;margin:10mm}
        @media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--link:#00558a;
        --ok:#0072b2;--on-ok:#fff;--warn:#e69f00;--on-warn:#000;--bad:#d55e00;--on-bad:#fff;
        --quiet:#6b737d;--on-quiet:#fff}
        html{font-size:62.5%}body{padding:0;max-width:none}tr,.trouble>li{break-inside:avoid}
        thead{display:table-header-group}
        .scroll{overflow:visible}a{color:inherit;text-decoration:none}
        svg.ok,svg.warn,svg.bad,svg.quiet,svg.none{width:1.2rem;height:1.2rem}
        th.day{font-size:.75rem}tbody th{min-width:0}
        }
        """;

    /// <summary>The style sheet's hash, by which the page allows it and no other.</summary>
    public static string Hash
    {
        get
        {
            using var hash = SHA256.Create();
            return Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(Text)));
        }
    }
}
